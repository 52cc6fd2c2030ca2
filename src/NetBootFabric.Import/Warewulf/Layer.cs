using NetBootFabric.AdminApi.Catalog;

namespace NetBootFabric.Import.Warewulf;

/// <summary>What one profile or node says itself.</summary>
internal sealed class Layer(string name, int line)
{
    public string Name => name;
    public int Line => line;
    public List<string> Profiles { get; } = [];
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>Null: it says nothing of them.</summary>
    public string? KernelArguments { get; set; }

    /// <summary>They come behind those of the profiles before, and don't replace them: so it is since they are a list.</summary>
    public bool Appends { get; set; }
    public string? BmcAddress { get; set; }
    public string? BmcPort { get; set; }
    public string? BmcUser { get; set; }
    public string? BmcPassword { get; set; }
    public bool HasBmc { get; set; }
    public string? PrimaryNetwork { get; set; }
    public List<NetworkDevice> Devices { get; } = [];

    /// <param name="credentials">Name of the user and password that it says; null: it says none.</param>
    public BmcSpec? Bmc(string? credentials)
    {
        if (!HasBmc || (BmcAddress is null && credentials is null)) return null;
        return new BmcSpec(BmcAddress is not null && BmcPort is { } port and not "623" ? $"{BmcAddress}:{port}" : BmcAddress, "ipmi", credentials);
    }
}

internal sealed record NetworkDevice(string Name, int Line, string? Mac, string? Address, bool IsPrimary);
