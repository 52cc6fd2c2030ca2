using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Import.Values;

namespace NetBootFabric.Import.Dnsmasq;

/// <summary>What is right of <c>dhcp-host=</c>: <c>[hwaddr][,id:client_id|*][,set:tag][,tag:tag][,address][,name][,lease time][,ignore]</c>, in any order.</summary>
internal sealed class HostEntry(Draft draft)
{
    public void Read(int line, string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var entry = new Parts();
        foreach (var part in parts)
        {
            if (!Take(line, part, entry)) return;
        }
        Carry(line, text, entry);
    }

    /// <summary>False: it is broken, and the entry with it.</summary>
    private bool Take(int line, string part, Parts entry)
    {
        if (part.StartsWith('[')) return Ipv6(line, part);
        if (part.Contains(':', StringComparison.Ordinal)) return Prefixed(line, part, entry);
        if (part.Contains('.', StringComparison.Ordinal) && part.All(c => char.IsAsciiDigit(c) || c == '.')) return Address(line, part, entry);
        if (part == "ignore") entry.Ignored = true;
        else if (IsLeaseTime(part)) draft.NotCarried(line, part, "is a lease time of one machine; here it is one for each subnet ('lease')");
        else return Name(line, part, entry);
        return true;
    }

    private bool Prefixed(int line, string part, Parts entry)
    {
        var (prefix, value) = part.Split(':', 2) is [var before, var after] ? (before, after) : (part, "");
        switch (prefix)
        {
            case "id" when value == "*": // by its MAC address alone, as the fabric does
                return true;
            case "id":
                entry.Id = part;
                return true;
            case "set" or "net":
                entry.Tags.Add(value);
                return true;
            case "tag":
                draft.NotCarried(line, part, "makes the entry hold for requests with that tag only; it holds for all here");
                return true;
            default:
                return Hardware(line, part, entry);
        }
    }

    /// <summary>A MAC address, which may have <c>*</c> for an octet, and a hexadecimal type of hardware with a hyphen before it.</summary>
    private bool Hardware(int line, string part, Parts entry)
    {
        var hyphen = part.IndexOf('-', StringComparison.Ordinal);
        var (type, address) = hyphen is 1 or 2 ? (part[..hyphen], part[(hyphen + 1)..]) : ("1", part);
        if (address.Contains('*', StringComparison.Ordinal)) return Left(line, part, entry, "stands for many MAC addresses; write a node for each");
        if (type.TrimStart('0') != "1") return Left(line, part, entry, "is the address of hardware that is no Ethernet");
        if (MacText.IsInfiniBand(address)) return Left(line, part, entry, Draft.InfiniBand);
        if (MacText.Parse(address) is { } mac) entry.Macs.Add(mac);
        else draft.Broken(line, part, "is neither a MAC address nor anything else that dhcp-host takes");
        return MacText.Parse(address) is not null;
    }

    private bool Left(int line, string part, Parts entry, string why)
    {
        draft.NotCarried(line, part, why);
        entry.IsSaid = true;
        return true;
    }

    private bool Ipv6(int line, string part)
    {
        if (part.EndsWith(']')) draft.NotCarried(line, part, "is an IPv6 address; the fabric gives IPv4 addresses");
        else draft.Broken(line, part, "has no ']' after the IPv6 address");
        return part.EndsWith(']');
    }

    private bool Address(int line, string part, Parts entry)
    {
        if (!AddressText.IsIpv4(part)) draft.Broken(line, part, "is no IPv4 address");
        else if (entry.Address is not null) draft.Broken(line, part, "is a second IPv4 address in one entry");
        else entry.Address = part;
        return entry.Address == part;
    }

    private bool Name(int line, string part, Parts entry)
    {
        // dnsmasq takes it for a name, and waits for a machine that calls itself so.
        if (MacText.Parse(part) is not null) draft.Broken(line, part, "is a name to dnsmasq, not a MAC address; write it with colons");
        else if (entry.Name is not null) draft.Broken(line, part, $"is a second name in one entry, after {SourceText.Shown(entry.Name)}");
        else entry.Name = part;
        return entry.Name == part;
    }

    private void Carry(int line, string text, Parts entry)
    {
        if (entry.Ignored) draft.NotCarried(line, text, "'ignore' has dnsmasq never answer it; the fabric does not answer machines without an entry where its subnet says unknown: ignore");
        else if (entry.Macs.Count > 0) Add(line, entry);
        else if (entry.Id is { } id) draft.NotCarried(line, text, $"{SourceText.Shown(id)} names a client by its client id; the fabric knows clients by MAC address: add one");
        else if (!entry.IsSaid && entry.Name is not null) draft.NotCarried(line, text, "names a client by the name that it gives itself; the fabric knows clients by MAC address: add one");
        else if (!entry.IsSaid) draft.Broken(line, text, "says not for whom it is: there is no MAC address, client id or name");
    }

    private void Add(int line, Parts entry)
    {
        if (entry.Id is { } id) draft.NotCarried(line, id, "clients are known by their MAC addresses alone");
        var group = entry.Tags.Count > 0 ? draft.GroupNamed(line, entry.Tags[0]) : null;
        foreach (var tag in entry.Tags.Skip(1)) draft.NotCarried(line, $"set:{tag}", $"a node is in one group; this one is in {entry.Tags[0]}");
        var isAdded = draft.Add(line, new NodeSpec { Mac = entry.Macs[0], Name = entry.Name, Ip = entry.Address, Group = group });
        var number = 1;
        foreach (var other in entry.Macs.Skip(1))
        {
            number++;
            if (!draft.Add(line, new NodeSpec { Mac = other, Name = isAdded && entry.Name is { } name ? $"{name}-{number}" : null, Group = group })) continue;
            draft.NotCarried(line, $"{entry.Address ?? "the name"} for {other}", "a name and an address are one MAC address's: the first one has them, this one is a node of its own");
        }
    }

    /// <summary>Digits with or without a unit, or <c>infinite</c>.</summary>
    private static bool IsLeaseTime(string part) =>
        part == "infinite" || (part.Length > 0 && char.IsAsciiDigit(part[0]) && (part[^1] is 'w' or 'W' or 'd' or 'D' or 'h' or 'H' or 'm' or 'M' or 's' or 'S' ? part.AsSpan(0, part.Length - 1) : part).IndexOfAnyExceptInRange('0', '9') < 0);

    private sealed class Parts
    {
        public List<string> Macs { get; } = [];
        public List<string> Tags { get; } = [];
        public string? Id { get; set; }
        public string? Name { get; set; }
        public string? Address { get; set; }
        public bool Ignored { get; set; }

        /// <summary>Whom it is for can't be carried, and that was said.</summary>
        public bool IsSaid { get; set; }
    }
}
