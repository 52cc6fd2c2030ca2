using NetBootFabric.Import.Tree;

namespace NetBootFabric.Import.Kea;

/// <summary>Kea's JSON: reservations of the server, of its shared networks and subnets; or a bare list of reservations, as an included file has it.</summary>
internal sealed class KeaReader(Draft draft)
{
    private const string Subnets = "is a setting of a subnet: write it under 'subnets' (network, range, router, dns, domain, lease)";
    private const string Boot = "says what to boot: the fabric chooses the loader by the firmware, and kernel and command line are a profile's";

    public void Read(string text)
    {
        var root = JsonTree.Read(new KeaText(text, draft).Clean(), draft);
        if (root is SourceList list) Reservations(list);
        else if (root is not null) Root(root);
    }

    private void Root(SourceValue root)
    {
        if (root["Dhcp4"] is { } server) Scope(server);
        else if (root["reservations"] is not null || root["subnet4"] is not null) Scope(root);
        else draft.Broken(root.Line, "the text", "has neither \"Dhcp4\" nor \"reservations\"");
        foreach (var entry in root.Entries.Where(entry => entry.Key is "Dhcp6" or "DhcpDdns" or "Control-agent")) draft.NotCarried(entry.Line, entry.Key, "is no part of the DHCPv4 server");
    }

    /// <summary>The server, a shared network or a subnet.</summary>
    private void Scope(SourceValue scope)
    {
        if (scope is not SourceMap) draft.Broken(scope.Line, "Dhcp4", "is no map");
        foreach (var entry in scope.Entries) Member(entry);
    }

    private void Member(SourceEntry entry)
    {
        switch (entry.Key)
        {
            case "reservations":
                Reservations(entry.Value);
                break;
            case "subnet4" or "shared-networks":
                Networks(entry);
                break;
            case "option-data" or "option-def" or "pools" or "relay" or "valid-lifetime" or "min-valid-lifetime" or "max-valid-lifetime" or "interface":
                if (entry.Value is not SourceList { Values.Count: 0 }) draft.NotCarried(entry.Line, entry.Key, Subnets);
                break;
            case "next-server" or "server-hostname" or "boot-file-name":
                if (entry.Value.Text is { Length: > 0 }) draft.NotCarried(entry.Line, $"{entry.Key}: {entry.Value.Text}", Boot);
                break;
            case "client-classes":
                foreach (var definition in entry.Value.Items) draft.NotCarried(definition.Line, $"client class {definition["name"]?.Text}", "what a class says is not carried; nodes that are reserved for it are in a group of its name");
                break;
            case "hosts-database" or "hosts-databases":
                draft.NotCarried(entry.Line, entry.Key, "holds reservations that are not in this file");
                break;
            default:
                if (!KnownMembers.ConcernsNoClient(entry.Key)) draft.NotCarried(entry.Line, entry.Key, "is a setting of the DHCP server, and of no node");
                break;
        }
    }

    private void Networks(SourceEntry entry)
    {
        if (entry.Value is not SourceList) draft.Broken(entry.Line, entry.Key, "is no list");
        foreach (var network in entry.Value.Items) Scope(network);
    }

    private void Reservations(SourceValue list)
    {
        if (list is not SourceList && list is not SourceScalar { IsNull: true }) draft.Broken(list.Line, "reservations", "is no list");
        foreach (var item in list.Items.Where(item => item is not SourceScalar { IsNull: true })) new Reservation(draft, item).Read();
    }
}
