using System.CommandLine;
using NetBootFabric.Storm.Clients;
using NetBootFabric.Storm.Content;
using NetBootFabric.Storm.Room;
using NetBootFabric.Wire;

namespace NetBootFabric.Storm.Commands;

/// <summary>The command line and what it means.</summary>
internal sealed class StormOptions
{
    private const int MostClients = 1_000_000;

    private readonly Option<string> _interface = new("--interface", "-i") { Description = "The interface of the room. There is no default: a storm goes nowhere by accident", Required = true };
    private readonly Option<int> _clients = new("--clients", "-n") { Description = "How many machines", DefaultValueFactory = _ => 100 };
    private readonly Option<string> _kind = new("--kind", "-k") { Description = $"How they boot: {ClientKinds.All}; or a mix like ipxe-http=3,uefi-http=1", DefaultValueFactory = _ => "ipxe-http" };
    private readonly Option<string> _arrivals = new("--arrivals", "-a") { Description = $"When they are switched on: {Arrivals.Forms}", DefaultValueFactory = _ => "all" };
    private readonly Option<string> _mac = new("--first-mac") { Description = "MAC address of the first; the others count up", DefaultValueFactory = _ => "02:6e:62:00:00:00" };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Same seed, same transaction ids and ports", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _eager = new("--eager") { Description = "REQUEST as soon as an OFFER is there; firmware waits up to 4 s for more of them" };
    private readonly Option<double> _limit = new("--limit") { Description = "Seconds after which clients that are still at it have failed", DefaultValueFactory = _ => 600 };

    private readonly Option<bool> _withoutShortcuts = new("--without-shortcuts") { Description = "Clients know nothing of iPXE's options 175.81 and 175.176: they wait for a proxyDHCP server, and a second stage asks again" };
    private readonly Option<int> _restarts = new("--restarts") { Description = "How often a machine whose boot failed begins anew by itself; most firmware does, for ever" };
    private readonly Option<double> _patience = new("--patience") { Description = "Seconds that a client waits for the next octet by HTTP", DefaultValueFactory = _ => 60 };
    private readonly Option<DirectoryInfo?> _verify = new("--verify") { Description = "Compare every octet with the files under this directory; files that are not there are checked by their length only" };
    private readonly Option<FileInfo?> _json = new("--json") { Description = "Write the report to this file, for scripts" };
    private readonly Option<FileInfo?> _html = new("--html") { Description = "Write the report with plots to this file, for a browser" };

    public IEnumerable<Option> All => [_interface, _clients, _kind, _arrivals, _verify, _json, _html, _limit, _patience, _eager, _withoutShortcuts, _restarts, _mac, _seed];

    /// <summary>Null with mistakes.</summary>
    public StormSettings? Read(ParseResult parsed, List<string> mistakes)
    {
        var clients = parsed.GetValue(_clients);
        if (clients is < 1 or > MostClients) mistakes.Add($"--clients takes 1 to {MostClients}, not {clients}");
        var kinds = KindMix.TryParse(parsed.GetValue(_kind)!, out var error);
        if (kinds is null) mistakes.Add($"--kind: {error}");
        var arrivals = Arrivals.Parse(parsed.GetValue(_arrivals)!);
        if (arrivals is null) mistakes.Add($"--arrivals takes {Arrivals.Forms}, not '{parsed.GetValue(_arrivals)}'");
        if (!MacAddress.TryParse(parsed.GetValue(_mac)!, out var mac) || mac.IsMulticast) mistakes.Add($"--first-mac takes a unicast MAC address, not '{parsed.GetValue(_mac)}'");
        var limit = parsed.GetValue(_limit);
        if (limit is not (> 0 and < 1e6)) mistakes.Add("--limit takes seconds, more than 0");
        var patience = parsed.GetValue(_patience);
        if (patience is not (> 0 and < 1e6)) mistakes.Add("--patience takes seconds, more than 0");
        var restarts = parsed.GetValue(_restarts);
        if (restarts < 0) mistakes.Add("--restarts takes a number, 0 or more");
        var verify = parsed.GetValue(_verify);
        if (verify is { Exists: false }) mistakes.Add($"--verify: there is no directory {verify.FullName}");
        if (mistakes.Count > 0) return null;
        return new StormSettings
        {
            Interface = parsed.GetValue(_interface)!,
            Limit = TimeSpan.FromSeconds(limit),
            Plan = new RoomPlan
            {
                Clients = clients,
                Kinds = kinds!,
                Arrivals = arrivals!,
                FirstMac = mac,
                Seed = parsed.GetValue(_seed),
                Course = new CourseSettings { Eager = parsed.GetValue(_eager), WithoutShortcuts = parsed.GetValue(_withoutShortcuts), Library = new ContentLibrary(verify?.FullName), Patience = TimeSpan.FromSeconds(patience), Restarts = restarts },
            },
            Json = parsed.GetValue(_json),
            Html = parsed.GetValue(_html),
        };
    }
}
