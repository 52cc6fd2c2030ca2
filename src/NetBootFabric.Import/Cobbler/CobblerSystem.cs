using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Import.Tree;
using NetBootFabric.Import.Values;

namespace NetBootFabric.Import.Cobbler;

/// <summary>One system. A field that is empty or says <c>&lt;&lt;inherit&gt;&gt;</c> says nothing.</summary>
internal sealed class CobblerSystem(Draft draft, SourceValue system, string name, BmcCredentials credentials)
{
    private const string KernelArguments = "kernel_args";
    private const string Boot = "says what to boot: the fabric chooses the loader by the firmware; give the node a profile";
    private const string Subnet = "is a setting of a subnet: write it under 'subnets' (network, range, router, dns, domain, lease)";
    private const string Installer = "is of Cobbler's installations; a profile's templates are the fabric's way";

    private static readonly (string Key, string Why)[] NoPlace =
    [
        ("image", Boot), ("next_server", Boot), ("next_server_v4", Boot), ("server", Boot), ("filename", Boot), ("boot_loaders", Boot),
        ("gateway", Subnet), ("name_servers", Subnet), ("name_servers_search", Subnet),
        ("autoinstall", Installer), ("kickstart", Installer), ("kernel_options_post", Installer), ("boot_files", Installer),
        ("fetchable_files", Installer), ("template_files", Installer),
    ];

    public void Read()
    {
        var cards = system["interfaces"]!.Entries.Select(entry => new CobblerCard(entry)).ToList();
        var own = cards.Find(card => card is { IsManagement: true, MayBoot: true }) ?? cards.Find(card => card.MayBoot);
        var master = own?.Master is { } bond ? cards.Find(card => card.Name == bond) : null;
        foreach (var other in cards.Where(card => card != own && card != master && (card.Mac ?? card.Address) is not null)) Left(other);
        foreach (var (key, why) in NoPlace)
            if (Said(key) is { } said) draft.NotCarried(system[key]!.Line, $"{name}, {key}: {said}", why);
        if (own is null) draft.NotCarried(system.Line, name, "has no Ethernet card's MAC address yet: add the node when it is known");
        else Carry(own, own.Address ?? master?.Address);
    }

    private void Left(CobblerCard card) => draft.NotCarried(card.Line, $"{name}, {card.Name}: {card.Mac ?? card.Address}",
        card.Mac is { } mac && MacText.IsInfiniBand(mac) ? Draft.InfiniBand
            : "a node is the network card that it boots from; the booted system sets up the others");

    private void Carry(CobblerCard card, string? address)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Said("kernel_options") is { } options) draft.Variable(system["kernel_options"]!.Line, variables, KernelArguments, options);
        foreach (var meta in (system["autoinstall_meta"] ?? system["ks_meta"])?.Entries ?? [])
            draft.Variable(meta.Line, variables, meta.Key, meta.Value.Text ?? "");
        draft.Add(card.Line, new NodeSpec
        {
            Mac = card.Mac!,
            Name = Said("hostname") ?? card.HostName ?? (name.Length > 0 ? name : null),
            Ip = address,
            Group = Said("profile") is { } profile ? draft.GroupNamed(system["profile"]!.Line, profile) : null,
            Intent = Intent(),
            Vars = variables,
            Bmc = Bmc(),
        });
    }

    /// <summary>Cobbler takes a machine out of network boot when it is installed.</summary>
    private string? Intent()
    {
        if (system["netboot_enabled"]?.Text is not { } enabled || !CobblerCard.IsNo(enabled)) return null;
        draft.NotCarried(system["netboot_enabled"]!.Line, $"{name}, netboot_enabled: {enabled}",
            "the node is carried with intent: local, so that it boots from its disk");
        return "local";
    }

    private BmcSpec? Bmc()
    {
        if (Said("power_address") is not { } address) return null;
        var kind = Said("power_type") ?? "ipmilan";
        var protocol = kind.StartsWith("ipmi", StringComparison.OrdinalIgnoreCase) ? "ipmi"
            : kind.Equals("redfish", StringComparison.OrdinalIgnoreCase) ? "redfish" : null;
        if (protocol is not null) return new BmcSpec(address, protocol,
            credentials.NameOf(system["power_address"]!.Line, name, Said("power_user"), Said("power_pass")));
        draft.NotCarried(system["power_address"]!.Line, $"{name}, power_type: {kind}",
            "is no way of switching power here; IPMI and Redfish are");
        return null;
    }

    /// <summary>A text; a list's items and a map's keys with their values, with blanks between. Null: it says nothing.</summary>
    private string? Said(string key)
    {
        var text = string.Join(' ', Words(system[key]));
        return text.Length > 0 ? text : null;
    }

    private static IEnumerable<string> Words(SourceValue? value) => value switch
    {
        SourceMap map => map.Entries.SelectMany(entry => entry.Value is SourceList several
            ? several.Values.Select(each => $"{entry.Key}={each.Text}")
            : [entry.Value.Text is { Length: > 0 } text and not "~" ? $"{entry.Key}={text}" : entry.Key]),
        SourceList list => list.Values.SelectMany(Words),
        _ => value?.Text is { Length: > 0 } text && text != CobblerCard.Inherited ? [text] : [],
    };
}
