using System.Net.Http.Headers;
using System.Net.Http.Json;
using NetBootFabric.AdminApi;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Node.Tests.Wiring;
using NetBootFabric.Storage.History;
using SQLitePCL;

namespace NetBootFabric.Node.Tests.Field;

/// <summary>
/// boots-20c9aa5.sqlite: the file that the last release without ledgers left behind, which netboot-storm had sent 6, 3, 2, 2, 1, 1 and 1 machines, the same ones again and again. Of the first two
/// there are snapshots in JSON and events after them, of the others events alone.
/// </summary>
public sealed class FormerBootsTests : IDisposable
{
    private const string Ready = "netbootd[101]";
    private const string CarriedOver = "clients[407]";

    /// <summary>By client: how many boots.</summary>
    private static readonly int[] Boots = [7, 4, 2, 1, 1, 1];

    private NodeProcess _node = new();

    public FormerBootsTests() => File.Copy(Path.Combine(AppContext.BaseDirectory, "Field", "boots-20c9aa5.sqlite"), Database);

    public void Dispose() => _node.Dispose();

    private string Database => Path.Combine(_node.Folder, "fabric.db");

    [Fact]
    public async Task Boots_that_20c9aa5_stored_are_carried_over_once_and_are_there_ever_after()
    {
        _node.Start();
        await _node.AwaitLineAsync(Ready);
        var first = await ClientsAsync(Boots);
        Assert.Equal(Boots, first.Select(Known));
        Assert.All(first, client => Assert.Equal("Booted", client!.Summary.Phase));
        Assert.Contains("16 boots of 6 clients; of 0 clients", await _node.AwaitLineAsync(CarriedOver), StringComparison.Ordinal);
        Assert.Empty(await StreamsAsync());
        await EndAsync();

        Renew();
        _node.Start();
        await _node.AwaitLineAsync(Ready);
        Assert.Equal(first.Select(Told), (await ClientsAsync(Boots)).Select(Told));
        await EndAsync();
        Assert.DoesNotContain(_node.Log, line => line.Contains(CarriedOver, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_damaged_of_one_client_costs_no_other_client_anything()
    {
        Execute("UPDATE snapshot SET payload = CAST('{\"Mac\":' AS BLOB) WHERE stream = (SELECT id FROM stream WHERE name = 'client-026e62000000')");
        Execute("UPDATE event SET payload = X'FF00' WHERE stream = (SELECT id FROM stream WHERE name = 'client-026e62000005')");
        _node.Start();
        await _node.AwaitLineAsync(Ready);
        int[] left = [1, 4, 2, 1, 1, 0];
        // Of the first client the events after its snapshot are left: they tell its latest boot.
        Assert.Equal(left, (await ClientsAsync(left)).Select(Known));
        Assert.Equal("9 boots of 5 clients; of 2 clients it can't be read as a whole", (await _node.AwaitLineAsync(CarriedOver)).Split(": ")[^1].Split(", ")[0]);
        // What can't be read as a whole stays where it is, and adds nothing at the next start.
        Assert.Equal([0x026e62000000ul, 0x026e62000005ul], (await StreamsAsync()).Select(stream => stream.Client.Value).Order());
        await EndAsync();

        Renew();
        _node.Start();
        await _node.AwaitLineAsync(Ready);
        Assert.Equal(left, (await ClientsAsync(left)).Select(Known));
        await EndAsync();
    }

    private Task<IReadOnlyList<FormerStream>> StreamsAsync() => new SqliteFormerHistory(Database).ListAsync();

    /// <summary>Asked until that many boots are known: a slow machine serves before it has read them all.</summary>
    private async Task<IReadOnlyList<ClientDetail?>> ClientsAsync(int[] boots)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var clients = await ClientsAsync(patience.Token);
            if (clients.Sum(Known) >= boots.Sum()) return clients;
        }
    }

    private async Task<IReadOnlyList<ClientDetail?>> ClientsAsync(CancellationToken cancellation)
    {
        using var admin = _node.Stranger();
        admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _node.Token);
        var list = new List<ClientDetail?>();
        foreach (var client in Enumerable.Range(0, Boots.Length))
        {
            using var answer = await admin.GetAsync($"{AdminRoutes.Clients}/02:6e:62:00:00:0{client}", cancellation);
            list.Add(answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync(AdminJson.Default.ClientDetail, cancellation) : null);
        }
        return list;
    }

    /// <summary>How many of its boots are.</summary>
    private static int Known(ClientDetail? client) => client?.Current is null ? 0 : 1 + client.History.Count;

    /// <summary>Without what follows from the time of asking.</summary>
    private static string Told(ClientDetail? client) => System.Text.Json.JsonSerializer.Serialize(client! with { Summary = null!, Why = null, Leases = [], Lease = null }, AdminJson.Default.ClientDetail);

    /// <summary>Another process goes on with the files.</summary>
    private void Renew()
    {
        var next = new NodeProcess();
        foreach (var file in Directory.GetFiles(_node.Folder, "fabric.db*")) File.Copy(file, Path.Combine(next.Folder, Path.GetFileName(file)));
        _node.Dispose();
        _node = next;
    }

    private async Task EndAsync()
    {
        _node.Signal("TERM");
        Assert.Equal(0, await _node.EndAsync());
    }

    private void Execute(string statement)
    {
        Batteries_V2.Init();
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open(Database, out var database));
        using (database) Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(database, statement));
    }
}
