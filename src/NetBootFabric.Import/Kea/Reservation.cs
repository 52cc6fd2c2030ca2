using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Import.Tree;
using NetBootFabric.Import.Values;

namespace NetBootFabric.Import.Kea;

/// <summary>One host reservation.</summary>
internal sealed class Reservation(Draft draft, SourceValue item)
{
    public void Read()
    {
        if (item is not SourceMap)
        {
            draft.Broken(item.Line, item.Text ?? "a reservation", "is no map of a reservation's values");
            return;
        }
        if (Mac() is not { } mac) return;
        if (Address() is not { } address) return;
        draft.Add(item.Line, new NodeSpec { Mac = mac, Ip = address.Length > 0 ? address : null, Name = Text("hostname"), Group = Group() });
        foreach (var entry in item.Entries) Rest(entry);
    }

    private string? Text(string key) => item[key]?.Text is { Length: > 0 } text ? text : null;

    private string? Mac()
    {
        var mac = Text("hw-address");
        if (mac is not null && MacText.IsInfiniBand(mac)) draft.NotCarried(item["hw-address"]!.Line, mac, Draft.InfiniBand);
        else if (mac is not null
            && MacText.Parse(mac) is null) draft.Broken(item["hw-address"]!.Line, mac,
            "is no MAC address; write it as 52:54:00:12:34:56");
        else if (mac is null && Identifier() is { } other) draft.NotCarried(item.Line, $"{other}: {Text(other)}", "names the client; the fabric knows clients by MAC address: add hw-address");
        else if (mac is null) draft.Broken(item.Line, Shown, "says not for whom it is: there is no hw-address");
        return mac is null ? null : MacText.Parse(mac);
    }

    /// <summary>Empty: there is none. Null: it is broken.</summary>
    private string? Address()
    {
        var address = Text("ip-address") ?? "";
        if (address.Length == 0 || AddressText.IsIpv4(address)) return address;
        draft.Broken(item["ip-address"]!.Line, address, "is no IPv4 address");
        return null;
    }

    private string? Identifier() => new[] { "client-id", "duid", "circuit-id", "flex-id" }.FirstOrDefault(key => Text(key) is not null);

    private string Shown => string.Join(", ", item.Entries.Select(entry => $"{entry.Key}: {entry.Value.Text ?? "…"}"));

    private string? Group()
    {
        var classes = item["client-classes"]?.Items.Where(value => value.Text is { Length: > 0 }).ToList() ?? [];
        foreach (var other in classes.Skip(1)) draft.NotCarried(other.Line, $"client class {other.Text}", $"a node is in one group; this one is in {SourceText.Shown(classes[0].Text!)}");
        return classes.Count == 0 ? null : draft.GroupNamed(classes[0].Line, classes[0].Text!);
    }

    private void Rest(SourceEntry entry)
    {
        switch (entry.Key)
        {
            case "hw-address" or "ip-address" or "hostname" or "client-classes" or "comment" or "user-context" or "":
                break;
            case "next-server" or "server-hostname" or "boot-file-name":
                if (entry.Value.Text is { Length: > 0 } file) draft.NotCarried(entry.Line, $"{entry.Key}: {file}", "says what to boot: the fabric chooses the loader by the firmware; give the node a profile");
                break;
            case "option-data":
                foreach (var option in entry.Value.Items) draft.NotCarried(option.Line, $"option {option["name"]?.Text ?? option["code"]?.Text}: {option["data"]?.Text}", "options are a subnet's here (router, dns, domain)");
                break;
            case "client-id" or "duid" or "circuit-id" or "flex-id":
                draft.NotCarried(entry.Line, $"{entry.Key}: {entry.Value.Text}", "the fabric knows clients by MAC address alone");
                break;
            default:
                draft.NotCarried(entry.Line, entry.Key, "has no place in a node");
                break;
        }
    }
}
