using NetBootFabric.Import.Tree;
using NetBootFabric.Import.Values;

namespace NetBootFabric.Import.Cobbler;

/// <summary>One of a system's interfaces.</summary>
internal sealed class CobblerCard(SourceEntry entry)
{
    public const string Inherited = "<<inherit>>";

    public string Name => entry.Key;
    public int Line => entry.Line;
    public string? Mac => Text("mac_address");
    public string? Address => Text("ip_address");

    /// <summary>Its name in DNS.</summary>
    public string? HostName => Text("dns_name");

    /// <summary>The bond or bridge whose part it is.</summary>
    public string? Master => Text("interface_master") ?? Text("bonding_master");

    public bool IsManagement => Text("management") is { } text && !IsNo(text);

    /// <summary>It is an Ethernet card with an address of its own.</summary>
    public bool MayBoot => Mac is { } mac && !MacText.IsInfiniBand(mac)
        && Text("interface_type")?.ToLowerInvariant() is not ("bond" or "bridge" or "bmc" or "infiniband");

    public static bool IsNo(string text) =>
        text is "0" || text.Equals("false", StringComparison.OrdinalIgnoreCase) || text.Equals("no", StringComparison.OrdinalIgnoreCase);

    private string? Text(string key) => entry.Value[key]?.Text is { Length: > 0 } text && text != Inherited ? text : null;
}
