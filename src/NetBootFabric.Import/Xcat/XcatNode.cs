using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Import.Values;

namespace NetBootFabric.Import.Xcat;

/// <summary>What the tables say of one node.</summary>
internal sealed class XcatNode(string name)
{
    private const string NoAddress = "*NOIP*";

    private int _line;
    private string? _mac;
    private string? _address;
    private string? _groups;
    private bool _hasNoAddress;

    /// <summary>
    /// A card's address, or several: <c>MAC!host|MAC!*NOIP*</c>. The node's own is the one without a host, or with its own name.
    /// </summary>
    public void SayMac(int line, string text, string? card, Draft draft)
    {
        var cards = text.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(each => each.Split('!', 2)).ToList();
        var own = cards.Find(each => !MacText.IsInfiniBand(each[0]) && (each.Length == 1 || each[1] == name))
            ?? cards.Find(each => !MacText.IsInfiniBand(each[0])) ?? cards.FirstOrDefault();
        if (own is null) return;
        if (_mac is not null) draft.NotCarried(line, $"{name}: {text}", $"the card at line {_line} is the one that is carried");
        else (_line, _mac, _hasNoAddress) = (line, own[0], own.Length > 1 && own[1] == NoAddress);
        foreach (var other in cards.Where(each => each != own))
            draft.NotCarried(line, $"{name}: {string.Join('!', other)}",
                "a node is the network card that it boots from; the booted system sets up the others");
        if (card is not null && card.Contains('!', StringComparison.Ordinal)) draft.NotCarried(line, $"{name}: {card}",
            "has no place in a node");
    }

    public void SayAddress(int line, string address, Draft draft)
    {
        if (_line == 0) _line = line;
        if (_address is null) _address = address;
        else draft.NotCarried(line, $"{name}: {address}", $"a node has one address; {_address} is carried");
    }

    public void SayGroups(int line, string groups)
    {
        if (_line == 0) _line = line;
        _groups ??= groups;
    }

    public void Carry(Draft draft)
    {
        if (_mac is null)
            draft.NotCarried(_line, name, "has no MAC address in these tables; import what tabdump mac prints together with them");
        else
            draft.Add(_line, new NodeSpec { Mac = _mac, Name = name, Ip = Address(draft), Group = Group(draft) });
    }

    private string? Address(Draft draft)
    {
        if (_address is null || !_hasNoAddress) return _address;
        draft.NotCarried(_line, $"{name}: {_address}", $"its card has {NoAddress} there: xCAT gives it no fixed address");
        return null;
    }

    /// <summary>Every node is in "all".</summary>
    private string? Group(Draft draft)
    {
        var groups = _groups?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(each => each != "all").ToList() ?? [];
        foreach (var other in groups.Skip(1)) draft.NotCarried(_line, $"{name}: {other}",
            $"a node is in one group; this one is in {groups[0]}");
        return groups.Count > 0 ? draft.GroupNamed(_line, groups[0]) : null;
    }
}
