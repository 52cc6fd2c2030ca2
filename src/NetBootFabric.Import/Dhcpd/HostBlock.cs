using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Import.Values;

namespace NetBootFabric.Import.Dhcpd;

/// <summary>One <c>host NAME { … }</c>.</summary>
/// <param name="isServed">Whether an address lies in a subnet of the fabric.</param>
internal sealed class HostBlock(Draft draft, Statement declaration, IReadOnlyList<Statement> body, Func<string, bool> isServed)
{
    private const string MissingSemicolon = "has more words than it can; is there a semicolon missing?";

    private const string Boot = "says what to boot: the fabric chooses the loader by the firmware; give the node a profile";

    private string? _mac;
    private string? _address;
    private string? _hostName;
    private string? _group;
    private string? _intent;
    private string? _otherHardware;
    private bool _isBroken;

    /// <param name="group">The innermost group with a name that it stands in.</param>
    public void Read(string? group)
    {
        if (declaration.Head.Count < 2)
        {
            draft.Broken(declaration.Line, declaration.Shown, "is a host without a name");
            return;
        }
        foreach (var statement in body.Where(each => !each.IsBroken)) Take(statement);
        if (_isBroken || declaration.IsBroken || body.Any(each => each.IsBroken)) return;
        if (_mac is null) draft.NotCarried(declaration.Line, declaration.Shown, _otherHardware is null ? "has no 'hardware ethernet'; the fabric knows clients by MAC address: add one" : $"has {_otherHardware} hardware, which is no Ethernet");
        else draft.Add(declaration.Line, new NodeSpec { Mac = _mac, Name = _hostName ?? declaration.Word(1), Ip = _address, Group = _group ?? group, Intent = _intent });
    }

    private void Take(Statement statement)
    {
        switch (statement.Keyword)
        {
            case "hardware":
                Hardware(statement);
                break;
            case "fixed-address":
                Address(statement);
                break;
            case "option" when statement.Is(1, "host-name"):
                if (statement.Head.Count == 3) _hostName = statement.Word(2);
                else Broken(statement, MissingSemicolon);
                break;
            case "group" when statement.Body is null:
                _group = draft.GroupNamed(statement.Line, statement.Word(1));
                break;
            case "filename" or "next-server" or "server-name":
                draft.NotCarried(statement.Line, statement.Shown, Boot);
                break;
            case "fixed-address6" or "host-identifier" or "dhcp-client-identifier" or "uid":
            case "option" when statement.Is(1, "dhcp-client-identifier"):
                draft.NotCarried(statement.Line, statement.Shown, "the fabric knows clients by MAC address, and gives IPv4 addresses");
                break;
            case "dynamic" or "static": // as an entry of dhcpd.leases says it
                break;
            case "supersede" or "default" or "prepend" or "append":
                Override(statement);
                break;
            case "deny" or "ignore" when statement.Is(1, "booting"):
                draft.NotCarried(statement.Line, statement.Shown, "the node is carried with intent: local, so that it boots from its disk");
                _intent = "local";
                break;
            default:
                draft.NotCarried(statement.Line, statement.Shown, "has no place in a node");
                break;
        }
    }

    /// <summary>
    /// Statements of Foreman's and xCAT's entries: <c>supersede server.filename = "…"</c>, <c>supersede host-name = "n08"</c>.
    /// </summary>
    private void Override(Statement statement)
    {
        var (option, value) = (statement.Word(1).ToLowerInvariant(), statement.Head.Count > 0 ? statement.Head[^1].Text : "");
        if (option == "host-name" && statement.Head.Count == 4) _hostName = value;
        else if (option is "server.filename" or "server.next-server" or "server.server-name")
            draft.NotCarried(statement.Line, statement.Shown, Boot);
        else if (!option.StartsWith("server.ddns-", StringComparison.Ordinal)) draft.NotCarried(statement.Line, statement.Shown,
            "has no place in a node");
    }

    private void Hardware(Statement statement)
    {
        if (!statement.Is(1, "ethernet"))
        {
            _otherHardware = SourceText.Shown(statement.Word(1));
            if (statement.Head.Count < 3) Broken(statement, "says neither kind nor address");
        }
        else if (statement.Head.Count > 3) Broken(statement, MissingSemicolon);
        else if (_mac is not null) Broken(statement, "is a second hardware address of one host");
        else if (MacText.Parse(statement.Word(2)) is null) Broken(statement, "is no MAC address; write it as 52:54:00:12:34:56");
        else _mac = statement.Word(2);
    }

    /// <summary>Addresses or names with commas between, of which dhcpd takes the one that fits the client's subnet.</summary>
    private void Address(Statement statement)
    {
        var values = statement.Head.Skip(1).Where(token => token.Kind != TokenKind.Comma).ToList();
        if (values.Count == 0) Broken(statement, "names no address");
        else if (statement.Head.Count != 2 * values.Count) Broken(statement, MissingSemicolon);
        var addresses = new List<string>();
        foreach (var value in values.Select(token => token.Text).TakeWhile(_ => !_isBroken))
        {
            var isNumbers = value.All(c => char.IsAsciiDigit(c) || c == '.');
            if (isNumbers && !AddressText.IsIpv4(value)) Broken(statement, $"{SourceText.Shown(value)} is no IPv4 address");
            else if (isNumbers) addresses.Add(value);
            else draft.NotCarried(statement.Line, statement.Shown,
                $"{SourceText.Shown(value)} is a name that dhcpd looks up; write its address");
        }
        _address ??= addresses.Find(address => isServed(address)) ?? addresses.FirstOrDefault();
        foreach (var other in addresses.Where(address => address != _address))
            draft.NotCarried(statement.Line, other, isServed(other) ? $"a node has one address; {_address} is carried"
                : $"is in no subnet here; {_address} is carried");
    }

    private void Broken(Statement statement, string why)
    {
        _isBroken = true;
        draft.Broken(statement.Line, statement.Shown, why);
    }
}
