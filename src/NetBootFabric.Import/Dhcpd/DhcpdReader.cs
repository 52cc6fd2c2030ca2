namespace NetBootFabric.Import.Dhcpd;

/// <summary>ISC dhcpd.conf(5): <c>host</c> declarations, wherever they stand. All of them are global to dhcpd, also inside of a subnet.</summary>
/// <param name="isServed">Whether an address lies in a subnet of the fabric.</param>
internal sealed class DhcpdReader(Draft draft, Func<string, bool> isServed)
{
    private const string Misplaced = "stands where dhcpd takes no host; move it out of that block";

    private const string Pools = "is a setting of a subnet: write it under 'subnets' (network, range, router, dns, domain, lease)";
    private const string Classes = "tells clients apart by what they say; groups of nodes are the fabric's way";
    private const string Boot = "says what to boot: the fabric chooses the loader by the firmware, and kernel and command line are a profile's";

    private HostJournal _journal = HostJournal.Empty;

    public void Read(string text)
    {
        var statements = StatementParser.Parse(text, draft);
        _journal = HostJournal.Of(statements);
        All(statements, null);
        Leases(statements);
    }

    private void All(IEnumerable<Statement> statements, string? group)
    {
        foreach (var statement in statements) One(statement, group);
    }

    private void One(Statement statement, string? group)
    {
        if (statement.Body is { } body) Block(statement, body, group);
        else Setting(statement);
    }

    private void Block(Statement statement, IReadOnlyList<Statement> body, string? group)
    {
        switch (statement.Keyword)
        {
            case "host":
                if (_journal.LaterThan(statement) is { } later) draft.NotCarried(statement.Line, statement.Shown, later);
                else new HostBlock(draft, statement, body, isServed).Read(group);
                break;
            case "lease" when statement.Head.Count == 2:
                break; // told together
            case "group":
                All(body, Inner(statement, group));
                break;
            case "subnet" or "subnet6" or "shared-network" or "pool" or "pool6":
                draft.NotCarried(statement.Line, statement.Shown, Pools);
                All(body, group);
                break;
            case "class" or "subclass" or "if" or "elsif" or "else" or "switch" or "on":
                draft.NotCarried(statement.Line, statement.Shown, Classes);
                Misplace(body);
                break;
            case "key" or "zone" or "failover": // for DNS updates, and for dhcpd's own fail-over
                break;
            default:
                draft.NotCarried(statement.Line, statement.Shown, "is a block that declares no hosts known here");
                Misplace(body);
                break;
        }
    }

    /// <summary>Hosts where the grammar has none are broken by name: dhcpd does not start with them.</summary>
    private void Misplace(IReadOnlyList<Statement> body)
    {
        foreach (var host in body.SelectMany(each => each.Everything()).Where(each => each is { Keyword: "host", Body: not null }))
            draft.Broken(host.Line, host.Shown, Misplaced);
    }

    /// <summary>dhcpd.leases(5) has one for each renewal.</summary>
    private void Leases(IReadOnlyList<Statement> statements)
    {
        var leases = statements.Where(each => each is { Keyword: "lease", Body: not null }).ToList();
        if (leases.Count == 0) return;
        var addresses = leases.Select(each => each.Word(1)).Distinct().ToList();
        var more = addresses.Count == 1 ? "" : $" and those of {addresses.Count - 1} more addresses";
        draft.NotCarried(leases[0].Line, $"{leases[0].Shown}{more}",
            "is a lease, and no node; a client keeps its address where the fabric's range has it, or a node says it");
    }

    /// <summary>A group with a name is one here too, below the one that it stands in.</summary>
    private string? Inner(Statement statement, string? group)
    {
        if (statement.Word(1) is { Length: > 0 } name) return draft.GroupNamed(statement.Line, name, group) ?? group;
        if (statement.Body!.Any(each => each.Body is null)) draft.NotCarried(statement.Line, "group", "has no name, so its hosts are carried without a group for it; group \"name\" { … } makes one");
        return group;
    }

    private void Setting(Statement statement)
    {
        switch (statement.Keyword)
        {
            case "filename" or "next-server" or "server-name":
                draft.NotCarried(statement.Line, statement.Shown, Boot);
                break;
            case "include":
                draft.NotCarried(statement.Line, statement.Shown, "names another file: import that too");
                break;
            case "range" or "range6" or "pool" or "default-lease-time" or "max-lease-time" or "min-lease-time" or "option":
                draft.NotCarried(statement.Line, statement.Shown, Pools);
                break;
            case "class" or "subclass" or "match" or "spawn":
                draft.NotCarried(statement.Line, statement.Shown, Classes);
                break;
            default:
                if (!KnownStatements.ConcernsNoClient(statement.Keyword)) draft.NotCarried(statement.Line, statement.Shown, "is a setting of the DHCP server, and of no node");
                break;
        }
    }
}
