using System.Globalization;
using NetBootFabric.Testing;

namespace NetBootFabric.EndToEnd.Tests.Lab.Heads;

/// <summary>A room with several head nodes and their database, each on a host of its own, and a capture of what is said to and by clients.</summary>
internal sealed class ClusterRoom : IDisposable
{
    public const int Shards = 128;

    // A tenth of what one of five has.
    private const int MostUneven = 2;
    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(120);

    private readonly List<ClusterHead> _heads = [];
    private readonly ClusterConfiguration _configuration;
    private readonly List<IDisposable> _guests = [];

    private ClusterRoom(string folder, ClusterConfiguration configuration, PostgresServer database, Bridge clients, Bridge back, Capture capture) =>
        (Folder, _configuration, Database, Clients, Back, Capture) = (folder, configuration, database, clients, back, capture);

    public string Folder { get; }
    public PostgresServer Database { get; }
    public Bridge Clients { get; }
    public Bridge Back { get; }
    public Capture Capture { get; }
    public string Files => _configuration.Files;
    public IReadOnlyList<ClusterHead> Heads => _heads;

    public string Evidence => string.Concat(_heads.Select(head => head.Node.Evidence)) + Database.Evidence;

    /// <summary>Of the machines that have a node entry.</summary>
    public static string MachineMac(int number) => string.Create(CultureInfo.InvariantCulture, $"52:54:00:77:02:{number:x2}");

    /// <param name="change">Of the usual configuration.</param>
    /// <param name="captured">What the capture takes, when not the usual.</param>
    public static async Task<ClusterRoom> OpenAsync(string test, int heads, Func<ClusterConfiguration, ClusterConfiguration>? change = null, string? captured = null)
    {
        var folder = Repository.Results(test);
        var configuration = new ClusterConfiguration { Files = await ClusterConfiguration.MakeFilesAsync(folder) };
        var (clients, back) = (new Bridge(), new Bridge());
        var database = await PostgresServer.OpenAsync(back, folder);
        var capture = await Capture.StartAsync(clients, folder, "room", captured);
        var room = new ClusterRoom(folder, change?.Invoke(configuration) ?? configuration, database, clients, back, capture);
        try
        {
            await room.GrowAsync(heads);
            return room;
        }
        catch
        {
            room.Dispose();
            throw;
        }
    }

    /// <summary>Adds head nodes until there are so many, and waits until the shards are spread over all.</summary>
    public async Task GrowAsync(int heads)
    {
        var added = new List<ClusterHead>();
        while (_heads.Count < heads)
        {
            var head = await ClusterHead.PlugAsync(_heads.Count + 1, Clients, Back, Folder, _configuration);
            _heads.Add(head);
            added.Add(head);
            head.Node.Launch();
        }

        await Task.WhenAll(added.Select(head => head.Node.ReadyAsync()));
        await SettledAsync(_heads);
    }

    /// <summary>Each shard has an owner, the owners are these and no others, with as many each, and each of them says so.</summary>
    public async Task SettledAsync(IReadOnlyCollection<ClusterHead> heads)
    {
        var seen = new Dictionary<string, int>();
        await Until.FoundAsync(async () =>
        {
            seen = await SpreadAsync();
            var names = heads.Select(head => head.Name).ToHashSet();
            if (seen.Values.Sum() != Shards || !names.SetEquals(seen.Keys) || seen.Values.Max() - seen.Values.Min() > MostUneven) return null;
            var views = await Task.WhenAll(heads.Select(head => head.Node.TryClusterAsync()));
            return views.All(view => view is { ShardsWithoutOwner: 0 } && names.SetEquals(view.Members.Where(member => member.Status == "up").Select(member => member.Name))) ? "" : null;
        }, SettleLimit, () => $"the shards are not spread over {string.Join(", ", heads.Select(head => head.Name))} but: {Text(seen)}\n{Evidence}");
    }

    /// <summary>How many shards each head node owns.</summary>
    public async Task<Dictionary<string, int>> SpreadAsync() =>
        (await Database.QueryAsync("SELECT owner, count(*) FROM netboot_fabric.shard WHERE owner IS NOT NULL GROUP BY owner ORDER BY owner"))
        .ToDictionary(row => row[0], row => int.Parse(row[1], CultureInfo.InvariantCulture));

    public static string Text(Dictionary<string, int> spread) => string.Join(", ", spread.Select(pair => $"{pair.Key} {pair.Value}"));

    /// <summary>A storm of simulated machines, from a port of its own.</summary>
    public async Task<Storm> StormAsync(int clients, string arrivals, string kinds, int limitSeconds)
    {
        var host = Keep(new NetworkNamespace());
        await Clients.PlugAsync(host, "eth0", $"02:00:00:00:fe:{_guests.Count:x2}");
        return Keep(new Storm(host, Folder, clients, arrivals, kinds, Files, limitSeconds, first: _guests.Count));
    }

    /// <summary>Begins to ask, for clients of so many shards, all the time.</summary>
    public async Task<Prober> ProbeAsync(int shards, TimeSpan interval)
    {
        var host = Keep(new NetworkNamespace());
        await Clients.PlugAsync(host, "eth0", "02:00:00:00:fd:01", "10.77.255.250/16");
        return Keep(new Prober(host, shards, interval));
    }

    public Task<VirtualMachine> PowerOnAsync(Firmware firmware, int number, bool retries = true) =>
        VirtualMachine.PowerOnAsync(Clients, firmware, MachineMac(number), Folder, retries);

    public void Dispose()
    {
        foreach (var guest in Enumerable.Reverse(_guests)) guest.Dispose();
        foreach (var head in _heads) head.Dispose();
        Capture.Dispose();
        Database.Dispose();
        Clients.Dispose();
        Back.Dispose();
    }

    private T Keep<T>(T guest) where T : IDisposable
    {
        _guests.Add(guest);
        return guest;
    }
}
