using NetBootFabric.Boot.Rooms;

namespace NetBootFabric.Storage.Tests.Catalog;

/// <summary>What every store does with the catalog.</summary>
public abstract class CatalogStoreTests(TestStore database) : IDisposable
{
    private INodeStore _store = database.Open();

    public void Dispose()
    {
        _store.Dispose();
        database.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_new_catalog_is_empty_at_revision_0()
    {
        var rows = await LoadAsync();
        Assert.Equal(0, rows.Revision);
        Assert.Empty(rows.Rows);
    }

    [Fact]
    public async Task What_was_written_is_there_after_a_restart_exactly()
    {
        Assert.Equal(1, await WriteAsync(Node("n1", """{"vars":{"a":"ü \" ' \\ "}}"""), new CatalogChange(CatalogKind.Profile, "n1", "", null)));
        _store.Dispose();
        _store = database.Open();
        var rows = await LoadAsync();
        Assert.Equal(1, rows.Revision);
        Assert.Equal([new CatalogRow(CatalogKind.Node, "n1", """{"vars":{"a":"ü \" ' \\ "}}""", 1), new CatalogRow(CatalogKind.Profile, "n1", "", 1)], rows.Rows);
    }

    [Fact]
    public async Task Who_knows_a_revision_hears_what_came_after_it_deletions_too()
    {
        await WriteAsync(Node("n1", "a"), Node("n2", "a"), Node("n3", "a"));
        await WriteAsync(Node("n2", "b"));
        await WriteAsync(Node("n3", null));
        var rows = await _store.LoadCatalogAsync(1, CancellationToken.None);
        Assert.Equal(3, rows.Revision);
        Assert.Equal([new CatalogRow(CatalogKind.Node, "n2", "b", 2), new CatalogRow(CatalogKind.Node, "n3", null, 3)], rows.Rows);
        Assert.Equal(["n1", "n2"], (await LoadAsync()).Rows.Select(row => row.Key));
    }

    [Fact]
    public async Task A_change_from_an_older_revision_is_refused_with_what_is_there_and_nothing_of_its_command_is_done()
    {
        await WriteAsync(Node("n1", "a"));
        await WriteAsync(Node("n1", "b"));
        var outcome = await _store.CommitCatalogAsync([Node("n2", "new"), Node("n1", "c", expected: 1)], null, CancellationToken.None);
        Assert.Equal(new CatalogCommit(0, new CatalogRow(CatalogKind.Node, "n1", "b", 2)), outcome);
        Assert.Equal(["n1"], (await LoadAsync()).Rows.Select(row => row.Key));
        Assert.Equal(3, await WriteAsync(Node("n1", "c", expected: 2)));
    }

    [Fact]
    public async Task Expecting_no_row_is_refused_where_there_is_one_and_met_by_one_that_was_deleted()
    {
        Assert.Equal(1, await WriteAsync(Node("n1", "a", expected: 0)));
        Assert.NotNull((await _store.CommitCatalogAsync([Node("n1", "b", expected: 0)], null, CancellationToken.None)).Refused);
        await WriteAsync(Node("n1", null, expected: 1));
        Assert.Equal(new CatalogRow(CatalogKind.Node, "n1", null, 2), (await _store.CommitCatalogAsync([Node("n1", "c", expected: 2)], null, CancellationToken.None)).Refused);
        Assert.Equal(3, await WriteAsync(Node("n1", "c", expected: 0)));
    }

    [Fact]
    public async Task A_change_that_was_checked_against_an_older_catalog_is_not_written_whatever_row_changed_since()
    {
        await WriteAsync(Node("n1", "a"));
        await WriteAsync(Node("n2", "a"));
        Assert.Equal(new CatalogCommit(0, null), await _store.CommitCatalogAsync([Node("n3", "a")], 1, CancellationToken.None));
        Assert.Equal(new CatalogCommit(3, null), await _store.CommitCatalogAsync([Node("n3", "a")], 2, CancellationToken.None));
    }

    [Fact]
    public async Task Of_many_who_change_one_row_from_the_same_revision_one_wins()
    {
        await WriteAsync(Node("n1", "a"));
        var tries = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => _store.CommitCatalogAsync([Node("n1", $"{i}", expected: 1)], null, CancellationToken.None)));
        Assert.Single(tries, outcome => outcome.Revision == 2);
        Assert.Equal(19, tries.Count(outcome => outcome.Refused is { Revision: 2 }));
    }

    [Fact]
    public async Task Ten_thousand_nodes_are_one_command()
    {
        var nodes = Enumerable.Range(0, 10_000).Select(i => Node($"n{i:d5}", $"{{\"name\":\"n{i}\"}}")).ToList();
        Assert.Equal(1, (await _store.CommitCatalogAsync(nodes, null, CancellationToken.None)).Revision);
        Assert.Equal(10_000, (await LoadAsync()).Rows.Count);
    }

    private static CatalogChange Node(string key, string? body, long? expected = null) => new(CatalogKind.Node, key, body, expected);

    private Task<CatalogRows> LoadAsync() => _store.LoadCatalogAsync(0, CancellationToken.None);

    private async Task<long> WriteAsync(params CatalogChange[] changes)
    {
        var outcome = await _store.CommitCatalogAsync(changes, null, CancellationToken.None);
        Assert.Null(outcome.Refused);
        return outcome.Revision;
    }
}
