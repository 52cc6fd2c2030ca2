using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.AdminApi.Import;
using NetBootFabric.Import.Values;

namespace NetBootFabric.Import;

/// <summary>Gathers what is carried over and what is not. What several formats have in common is checked here: addresses, names, who has them already.</summary>
/// <param name="sharing">Whether the format lets machines share a name or an address: then the later one is carried without it.</param>
internal sealed class Draft(bool sharing)
{
    private const int MostNotes = 10_000;
    private const int MostNodes = 200_000;

    /// <summary>Said of an InfiniBand card's address.</summary>
    public const string InfiniBand = "is the address of an InfiniBand card; the fabric knows clients by their Ethernet cards";

    private readonly List<ImportNote> _notes = [];
    private readonly List<NodeSpec> _nodes = [];
    private readonly Dictionary<string, GroupSpec> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _macs = [];
    private readonly Dictionary<string, int> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _addresses = [];

    /// <summary>Names as they were written, by MAC address: other lines may speak of them.</summary>
    private readonly Dictionary<string, string> _written = [];
    private int _left;
    private int _broken;

    /// <summary>It makes no sense in its own language.</summary>
    public void Broken(int line, string what, string why)
    {
        _broken++;
        Note(new ImportNote(line, SourceText.Shown(what), why, Broken: true));
    }

    /// <summary>It makes sense there and has no place here.</summary>
    public void NotCarried(int line, string what, string why) => Note(new ImportNote(line, SourceText.Shown(what), why, Broken: false));

    /// <summary>Adds a node; its MAC address, name and address are as they were written. False: it is not carried, and there is a note.</summary>
    public bool Add(int line, NodeSpec node)
    {
        if (MacText.Parse(node.Mac) is not { } mac)
        {
            if (MacText.IsInfiniBand(node.Mac)) NotCarried(line, node.Mac, InfiniBand);
            else Broken(line, node.Mac, MacText.Fault(node.Mac));
            return false;
        }
        if (!MacText.IsMachine(mac)) Broken(line, node.Mac, "is no MAC address of a machine (a group's, or nothing but zeros)");
        else if (!string.IsNullOrEmpty(node.Ip) && !AddressText.IsIpv4(node.Ip)) Broken(line, node.Ip, "is no IPv4 address; write one like 10.77.0.11");
        else if (_nodes.Count >= MostNodes) Broken(line, node.Mac, $"these are more than {MostNodes} nodes; import them in parts");
        else if (IsFree(line, mac, node))
        {
            _macs.Add(mac, line);
            if (node.Name is { Length: > 0 } name) _written.Add(mac, name);
            _nodes.Add(node with { Mac = mac, Name = Name(line, node.Name), Ip = Address(line, node.Ip) });
            return true;
        }
        return false;
    }

    /// <summary>The group's name, when it can be one here; the group is there from now on.</summary>
    /// <param name="parent">When it is new: a group that is there.</param>
    public string? GroupNamed(int line, string name, string? parent = null)
    {
        if (!Names.IsGroup(name))
        {
            NotCarried(line, name, "is no name of a group here; a name has letters, digits, -, _ and dots");
            return null;
        }
        _groups.TryAdd(name, new GroupSpec { Name = name, Parent = parent });
        return name;
    }

    public void Set(GroupSpec group) => _groups[group.Name] = group;

    /// <summary>Adds a variable when it can be one here.</summary>
    public void Variable(int line, Dictionary<string, string> variables, string name, string value)
    {
        if (!Names.IsVariable(name)) NotCarried(line, name, "is no name of a variable here; a name has letters, digits, - and _");
        else if (!Names.IsVariableValue(value)) NotCarried(line, name, "its value is not one line of printable text");
        else variables[name] = value;
    }

    /// <summary>Gives nodes that have a name and no address the one that <paramref name="addressOf"/> knows for the name.</summary>
    public void Resolve(Func<string, string?> addressOf)
    {
        for (var i = 0; i < _nodes.Count; i++)
        {
            if (_nodes[i] is { Ip: null } node && _written.GetValueOrDefault(node.Mac) is { } name && addressOf(name) is { } address
                && _addresses.TryAdd(address, _macs[node.Mac])) _nodes[i] = node with { Ip = address };
        }
    }

    public Imported Result()
    {
        var document = new CatalogDocument { Groups = [.. _groups.Values], Nodes = _nodes };
        return new Imported(document, _macs, [.. _notes.OrderBy(note => note.Line)], _left, _broken);
    }

    /// <summary>Where machines may share names and addresses, only the MAC address says that it is the same one again.</summary>
    private bool IsFree(int line, string mac, NodeSpec node)
    {
        var (what, before, of) = _macs.TryGetValue(mac, out var at) ? (node.Mac, at, "MAC address")
            : !sharing && node.Name is { Length: > 0 } name && _names.TryGetValue(Names.NearestHost(name) ?? name, out at)
                ? (name, at, "name")
            : !sharing && node.Ip is { Length: > 0 } address && _addresses.TryGetValue(address, out at) ? (address, at, "address") : default;
        if (what is null) return true;
        var why = $"is the {of} of the node at line {before} already";
        if (sharing) NotCarried(line, what, $"{why}, which is the one that is carried");
        else Broken(line, what, $"{why}; keep one of them");
        return false;
    }

    private string? Name(int line, string? name)
    {
        if (string.IsNullOrEmpty(name)) return null;
        if (Names.NearestHost(name) is not { } near)
            NotCarried(line, name, "is no host name (letters, digits, hyphens and dots); the node is carried without it");
        else if (!_names.TryAdd(near, line)) NotCarried(line, name, Taken(near, name));
        else
        {
            if (near != name.TrimEnd('.')) NotCarried(line, name,
                $"is no host name (RFC 1123: letters, digits and hyphens); the node is carried as {near}");
            return near;
        }
        return null;
    }

    private string Taken(string near, string name)
    {
        var whose = $"is the name of the node at line {_names[near]}, and a name is one node's here; the node is carried without it";
        return near == name ? whose : $"would be {near}, which {whose}";
    }

    private string? Address(int line, string? address)
    {
        if (string.IsNullOrEmpty(address)) return null;
        if (_addresses.TryAdd(address, line)) return address;
        NotCarried(line, address, $"is the address of the node at line {_addresses[address]}, and an address is one node's here; the node is carried without it");
        return null;
    }

    private void Note(ImportNote note)
    {
        if (_notes.Count < MostNotes) _notes.Add(note);
        else _left++;
    }
}
