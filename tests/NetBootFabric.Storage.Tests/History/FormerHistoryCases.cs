using NetBootFabric.Boot.Clients;

namespace NetBootFabric.Storage.Tests.History;

/// <summary>Rows as releases before the ledgers wrote them, in the tables of today's schema.</summary>
public abstract class FormerHistoryCases
{
    protected abstract IFormerHistory History { get; }

    /// <param name="statements">With X'00' for octets, and tables by their bare names.</param>
    protected abstract void Execute(string statements);

    private async Task<IReadOnlyList<FormerStream>> ListAsync() => [.. (await History.ListAsync()).OrderBy(stream => stream.Client)];

    private void Stream(string name, string events, string snapshots)
    {
        Execute($"INSERT INTO stream (name, highest) VALUES ('{name}', 9)");
        foreach (var (table, rows) in new[] { ("event", events), ("snapshot", snapshots) })
            foreach (var row in rows.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                Execute($"INSERT INTO {table} (stream, seq, serializer, manifest, payload, written) SELECT id, {row}, 7701, '{table}:{row}', X'0{row}', 1 FROM stream WHERE name = '{name}'");
    }

    [Fact]
    public async Task Each_client_is_read_from_its_newest_snapshot_on_in_order()
    {
        Stream("client-525400770001", events: "5 3 4", snapshots: "2 3");
        Stream("client-525400770002", events: "2 1", snapshots: "");
        Stream("client-525400770003", events: "", snapshots: "7");
        var streams = await ListAsync();
        Assert.Equal([0x525400770001, 0x525400770002, 0x525400770003], streams.Select(stream => (long)stream.Client.Value));
        var read = await History.ReadAsync(streams);
        Assert.Equal(streams, read.Select(each => each.Stream));
        Assert.Equal(["snapshot:3 03, event:4 04, event:5 05", "event:1 01, event:2 02", "snapshot:7 07"],
            read.Select(each => string.Join(", ", each.Items.Select(item => $"{item.Manifest} {Convert.ToHexString(item.Payload)}"))));
    }

    [Fact]
    public async Task What_is_deleted_is_gone_with_all_its_rows_and_the_rest_stays()
    {
        Stream("client-525400770001", events: "1 2", snapshots: "1");
        Stream("client-525400770002", events: "1", snapshots: "1");
        var streams = await ListAsync();
        await History.DeleteAsync([streams[0]]);
        Assert.Equal([streams[1]], await ListAsync());
        var read = await History.ReadAsync(streams);
        Assert.Empty(read[0].Items);
        Assert.Single(read[1].Items);
    }

    [Fact]
    public async Task Streams_of_something_else_are_none_of_clients()
    {
        Stream("client-5254", events: "1", snapshots: "");
        Stream("client-52540077000g", events: "1", snapshots: "");
        Stream("ledger-1", events: "1", snapshots: "");
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task A_database_without_the_tables_has_no_such_history()
    {
        Execute("DROP TABLE event; DROP TABLE snapshot; DROP TABLE stream");
        Assert.Empty(await ListAsync());
    }
}
