using System.Collections.Frozen;
using System.Collections.Immutable;
using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Catalog;

/// <summary>
/// Makes the room in force: the file's settings, and the catalog's nodes with what their groups say. Remembers what it made, so that a change of one node among ten thousand makes one entry anew. Not thread-safe.
/// </summary>
internal sealed class RoomComposer
{
    private Dictionary<string, Made> _made = [];
    private Dictionary<string, GroupFacts> _groups = [];
    private FrozenDictionary<Ipv4Address, MacAddress> _addresses = FrozenDictionary<Ipv4Address, MacAddress>.Empty;

    /// <param name="settings">Subnets and all else that is not the catalog's.</param>
    public Room Compose(Room settings, CatalogState catalog)
    {
        var profiles = catalog.Profiles.Values.Select(item => ProfileOf(item.Spec)).ToFrozenDictionary(profile => profile.Name, StringComparer.Ordinal);
        _groups = GroupsOf(catalog, _groups);
        var made = new Dictionary<string, Made>(catalog.Nodes.Count, StringComparer.Ordinal);
        foreach (var (mac, item) in catalog.Nodes)
            if (Make(mac, item.Spec) is { } node) made[mac] = node;
        _made = made;
        return settings with { Profiles = profiles, Nodes = Cards(made), FixedAddresses = Addresses() };
    }

    /// <summary>By each card: the rules see to it that no two nodes share one.</summary>
    private static FrozenDictionary<MacAddress, NodeEntry> Cards(Dictionary<string, Made> made)
    {
        var cards = new Dictionary<MacAddress, NodeEntry>(made.Count);
        foreach (var (_, _, entry) in made.Values)
        {
            cards[entry.Mac] = entry;
            foreach (var card in entry.Cards) cards.TryAdd(card, entry);
        }
        return cards.ToFrozenDictionary();
    }

    private Made? Make(string mac, NodeSpec spec)
    {
        var group = spec.Group is null ? GroupFacts.None : _groups.GetValueOrDefault(spec.Group) ?? GroupFacts.None;
        if (_made.TryGetValue(mac, out var known) && ReferenceEquals(known.Spec, spec) && ReferenceEquals(known.Group, group)) return known;
        return MacAddress.TryParse(mac, out var address) ? new Made(spec, group, EntryOf(address, spec, group)) : null;
    }

    /// <summary>The same set as before when no node's address is another one: pools then stay as they are.</summary>
    private FrozenDictionary<Ipv4Address, MacAddress> Addresses()
    {
        var addresses = new Dictionary<Ipv4Address, MacAddress>();
        foreach (var (_, _, entry) in _made.Values)
            foreach (var address in entry.Addresses) addresses.TryAdd(address, entry.Mac);
        var same = addresses.Count == _addresses.Count && addresses.All(pair => _addresses.TryGetValue(pair.Key, out var mac) && mac == pair.Value);
        return same ? _addresses : _addresses = addresses.ToFrozenDictionary();
    }

    private static NodeEntry EntryOf(MacAddress mac, NodeSpec spec, GroupFacts group) => new()
    {
        Mac = mac,
        Name = spec.Name,
        Addresses = [.. SpecForm.Parts(spec.Ip).Select(part => Ipv4Address.TryParse(part, out var address) ? address : default).Where(address => !address.IsAny)],
        Cards = [.. SpecForm.Parts(spec.Cards).Select(part => MacAddress.TryParse(part, out var card) ? card : default).Where(card => card.Value != 0)],
        Group = spec.Group,
        Groups = group.Chain,
        Profile = spec.Profile ?? group.Profile,
        Intent = IntentOf(spec.Intent) ?? group.Intent ?? BootIntent.Always,
        IntentOrder = (spec.Intent is null ? group.IntentOrder : spec.IntentOrder) ?? 0,
        Next = spec.Next,
        NextOrder = spec.NextOrder ?? 1,
        Variables = group.With(spec.Vars),
        Bmc = Merge(spec.Bmc, group.Bmc),
        Dhcp = group.Dhcp,
    };

    private static Dictionary<string, GroupFacts> GroupsOf(CatalogState catalog, Dictionary<string, GroupFacts> before)
    {
        var groups = new Dictionary<string, GroupFacts>(StringComparer.Ordinal);
        foreach (var name in catalog.Groups.Keys) Visit(name, 0);
        return groups;

        GroupFacts Visit(string name, int depth)
        {
            if (groups.TryGetValue(name, out var done)) return done;
            if (!catalog.Groups.TryGetValue(name, out var item) || depth > catalog.Groups.Count) return GroupFacts.None;
            var parent = item.Spec.Parent is { } above ? Visit(above, depth + 1) : GroupFacts.None;
            var known = before.GetValueOrDefault(name);
            return groups[name] = known is not null && ReferenceEquals(known.Spec, item.Spec) && ReferenceEquals(known.Parent, parent) ? known : GroupFacts.Of(item.Spec, parent);
        }
    }

    public static BootIntent? IntentOf(string? word) => word is not null && SpecWords.Intents.TryGetValue(word, out var intent) ? intent : null;

    public static NodeBmc? Merge(BmcSpec? nearer, NodeBmc? farther) => nearer is null ? farther
        : new NodeBmc(nearer.Address ?? farther?.Address, nearer.Protocol ?? farther?.Protocol, nearer.Credentials ?? farther?.Credentials);

    private static Profile ProfileOf(ProfileSpec spec) => new()
    {
        Name = spec.Name,
        Kernel = spec.Kernel,
        Initrds = [.. spec.Initrd],
        CommandLine = spec.Cmdline,
        Loader = SpecWords.Loaders.GetValueOrDefault(spec.Loader, LoaderKind.Auto),
        Transport = SpecWords.Transports.GetValueOrDefault(spec.Transport, Transport.Http),
        Templates = spec.Templates.ToFrozenDictionary(StringComparer.Ordinal),
        Dhcp = DhcpWords.Read(spec.BootFile, spec.NextServer, spec.Options),
    };

    private sealed record Made(NodeSpec Spec, GroupFacts Group, NodeEntry Entry);

    /// <summary>What a group and its parents say, nearest first.</summary>
    private sealed record GroupFacts
    {
        public static GroupFacts None { get; } = new();

        public GroupSpec? Spec { get; private init; }
        public GroupFacts? Parent { get; private init; }
        public ImmutableArray<string> Chain { get; private init; } = [];
        public string? Profile { get; private init; }
        public BootIntent? Intent { get; private init; }
        public long? IntentOrder { get; private init; }
        public FrozenDictionary<string, string> Variables { get; private init; } = FrozenDictionary<string, string>.Empty;
        public NodeBmc? Bmc { get; private init; }
        public DhcpSettings Dhcp { get; private init; } = DhcpSettings.None;

        public static GroupFacts Of(GroupSpec spec, GroupFacts parent) => new()
        {
            Spec = spec,
            Parent = parent,
            Chain = parent.Chain.Insert(0, spec.Name),
            Profile = spec.Profile ?? parent.Profile,
            Intent = IntentOf(spec.Intent) ?? parent.Intent,
            IntentOrder = spec.Intent is null ? parent.IntentOrder : spec.IntentOrder,
            Variables = parent.With(spec.Vars),
            Bmc = Merge(spec.Bmc, parent.Bmc),
            Dhcp = DhcpSettings.Over(DhcpWords.Read(spec.BootFile, spec.NextServer, spec.Options), parent.Dhcp),
        };

        public FrozenDictionary<string, string> With(IReadOnlyDictionary<string, string> nearer)
        {
            if (nearer.Count == 0) return Variables;
            var merged = new Dictionary<string, string>(Variables, StringComparer.Ordinal);
            foreach (var (name, value) in nearer) merged[name] = value;
            return merged.ToFrozenDictionary(StringComparer.Ordinal);
        }
    }
}
