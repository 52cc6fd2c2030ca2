using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Node.Tests.Admin;

namespace NetBootFabric.Node.Tests.Catalog;

/// <summary>Calls about nodes, groups and profiles, over HTTP.</summary>
public sealed class CatalogApiTests : IAsyncLifetime
{
    private const string First = CatalogRoutes.Node + "52:54:00:77:00:01";
    private LiveAdmin _admin = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _admin = await LiveAdmin.StartAsync();
        _http = _admin.Client();
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _admin.DisposeAsync();
    }

    private async Task<(HttpStatusCode Status, string Body, string? ETag)> SendAsync(HttpMethod method, string path, string? body = null, string? ifMatch = null, string? ifNoneMatch = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        if (ifMatch is not null) request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(ifMatch));
        if (ifNoneMatch is not null) request.Headers.IfNoneMatch.Add(ifNoneMatch == "*" ? EntityTagHeaderValue.Any : EntityTagHeaderValue.Parse(ifNoneMatch));
        using var response = await _http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.ETag?.Tag);
    }

    private async Task<NodeView> NodeAsync(string who) => JsonSerializer.Deserialize(await _http.GetStringAsync(CatalogRoutes.Node + who), CatalogJson.Default.NodeView)!;

    [Fact]
    public async Task A_node_is_shown_with_its_revision_as_ETag_by_address_and_by_name()
    {
        foreach (var who in new[] { "52:54:00:77:00:01", "525400770001", "N001" })
        {
            var (status, body, tag) = await SendAsync(HttpMethod.Get, CatalogRoutes.Node + who);
            Assert.Equal((HttpStatusCode.OK, "\"1\""), (status, tag));
            Assert.Equal("n001", JsonSerializer.Deserialize(body, CatalogJson.Default.NodeView)!.Spec.Name);
        }
    }

    [Fact]
    public async Task A_change_made_from_an_older_revision_is_refused_and_shows_what_is_there()
    {
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Put, First, """{ "name": "n001", "vars": { "rack": "r1" } }""", "\"1\"")).Status);
        var (status, body, _) = await SendAsync(HttpMethod.Put, First, """{ "name": "n001" }""", "\"1\"");

        Assert.Equal(HttpStatusCode.PreconditionFailed, status);
        var conflict = JsonSerializer.Deserialize(body, CatalogJson.Default.CatalogConflict)!;
        Assert.Contains("it is at revision 2, not 1", conflict.Error, StringComparison.Ordinal);
        Assert.Equal("r1", conflict.Current!.Value.GetProperty("spec").GetProperty("vars").GetProperty("rack").GetString());
    }

    [Fact]
    public async Task What_GET_shows_can_be_put_back()
    {
        var shown = (await NodeAsync("n001")).Spec;
        var (status, body, _) = await SendAsync(HttpMethod.Put, First, JsonSerializer.Serialize(shown with { IntentOrder = 5 }, CatalogJson.Default.NodeSpec));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(0, JsonSerializer.Deserialize(body, CatalogJson.Default.ApplyResult)!.Changed);
    }

    [Fact]
    public async Task A_new_entry_does_not_replace_one_that_is_there()
    {
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await SendAsync(HttpMethod.Put, First, "{}", ifNoneMatch: "*")).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Put, CatalogRoutes.Node + "52:54:00:77:00:77", "{}", ifNoneMatch: "*")).Status);
    }

    [Fact]
    public async Task Many_nodes_are_changed_by_one_call_or_none_of_them()
    {
        var (status, body, _) = await SendAsync(HttpMethod.Patch, CatalogRoutes.Nodes + "?select=n[001-003]", """{ "intent": "hold" }""");
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("n002", body, StringComparison.Ordinal);
        Assert.Equal("always", (await NodeAsync("n001")).Effective.Intent);

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Patch, CatalogRoutes.Nodes + "?select=n001,n003", """{ "intent": "hold", "vars": { "rack": "r7" } }""")).Status);
        Assert.Equal(("hold", "r7"), await NodeAsync("n003") is var node ? (node.Effective.Intent, node.Effective.Vars["rack"]) : default);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await SendAsync(HttpMethod.Patch, CatalogRoutes.Nodes + "?select=all", """{ "intent": "always" }""", "\"1\"")).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Patch, CatalogRoutes.Nodes + "?select=all", """{ "intent": null, "vars": null }""", "\"2\"")).Status);
        Assert.Equal(("always", 0), await NodeAsync("n003") is var free ? (free.Effective.Intent, free.Effective.Vars.Count) : default);
    }

    [Theory]
    [InlineData("{", "this is not YAML")]
    [InlineData("[]", "a node is a list here")]
    [InlineData("""{ "nmae": "x" }""", "'nmae' is no key of a node; write 'name'")]
    [InlineData("""{ "vars": [1] }""", "'vars' is a list here")]
    [InlineData("""{ "name": { } }""", "'name' is a group of keys here")]
    public async Task A_malformed_body_is_400_with_its_mistake(string body, string says)
    {
        var (status, said, _) = await SendAsync(HttpMethod.Put, First, body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(says, JsonSerializer.Deserialize(said, AdminJson.Default.ApiError)!.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_mistake_of_a_body_is_listed()
    {
        var (status, body, _) = await SendAsync(HttpMethod.Put, First, """{ "name": "a b", "ip": "10.9.9.9", "intent": "never", "profile": "none" }""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(4, JsonSerializer.Deserialize(body, AdminJson.Default.ApiError)!.Mistakes!.Count);
    }

    [Theory]
    [InlineData("PATCH", CatalogRoutes.Nodes + "?select=n[", "{\"intent\":\"hold\"}", 400)]
    [InlineData("PATCH", CatalogRoutes.Nodes, "{\"intent\":\"hold\"}", 400)]
    [InlineData("PATCH", CatalogRoutes.Nodes + "?select=all", "{}", 400)]
    [InlineData("PATCH", CatalogRoutes.Nodes + "?select=all", "{\"mac\":\"x\"}", 400)]
    [InlineData("PATCH", CatalogRoutes.Nodes + "?select=all", "{\"vars\":{\"a\":[1]}}", 400)]
    [InlineData("PUT", CatalogRoutes.Node + "nobody", "{}", 400)]
    [InlineData("DELETE", CatalogRoutes.Node + "nobody", null, 404)]
    [InlineData("DELETE", CatalogRoutes.Group + "nobody", null, 404)]
    [InlineData("DELETE", CatalogRoutes.Profile + "default", null, 409)]
    [InlineData("PUT", CatalogRoutes.Group + "a%2Fb", "{}", 422)]
    [InlineData("PUT", CatalogRoutes.Profile + "x", "{}", 400)]
    [InlineData("PUT", CatalogRoutes.Profile + "x", "{\"name\":\"y\",\"kernel\":\"k\"}", 400)]
    public async Task What_can_not_be_done_is_refused(string method, string path, string? body, int status) =>
        Assert.Equal(status, (int)(await SendAsync(new HttpMethod(method), path, body)).Status);

    [Fact]
    public async Task A_group_in_use_is_not_removed()
    {
        await SendAsync(HttpMethod.Put, CatalogRoutes.Group + "rack1", """{ "vars": { "rack": "r1" } }""");
        await SendAsync(HttpMethod.Patch, CatalogRoutes.Nodes + "?select=all", """{ "group": "rack1" }""");
        var (status, body, _) = await SendAsync(HttpMethod.Delete, CatalogRoutes.Group + "rack1");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("group rack1 is still that of node n001, node n003: give them another one first", body, StringComparison.Ordinal);
        var groups = JsonSerializer.Deserialize(await _http.GetStringAsync(CatalogRoutes.Groups), CatalogJson.Default.IReadOnlyListGroupView)!;
        Assert.Equal(2, Assert.Single(groups).Nodes);
    }

    [Fact]
    public async Task What_is_exported_is_applied_without_a_change()
    {
        await SendAsync(HttpMethod.Patch, CatalogRoutes.Nodes + "?select=all", """{ "vars": { "rack": "r 1" }, "next": "default" }""");
        var yaml = await _http.GetStringAsync(CatalogRoutes.Export);
        var (status, body, _) = await SendAsync(HttpMethod.Post, CatalogRoutes.Apply + "?prune=true", yaml);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((0, 3), JsonSerializer.Deserialize(body, CatalogJson.Default.ApplyResult) is { } done ? (done.Changed, done.Unchanged) : default);
    }

    [Theory]
    [InlineData("?group=rack1", "n001")]
    [InlineData("?rack=r1", "n001")]
    [InlineData("?rack=r2", "")]
    [InlineData("?olderThan=1h", "c-525400770002 n001")]
    [InlineData("?olderThan=3650d", "")]
    [InlineData("?phase=booted&sort=age", "n001")]
    [InlineData("?sort=phase", "n001 c-525400770002")]
    public async Task Clients_are_filtered_and_sorted(string query, string names)
    {
        await SendAsync(HttpMethod.Put, CatalogRoutes.Group + "rack1", """{ "vars": { "rack": "r1" } }""");
        await SendAsync(HttpMethod.Patch, CatalogRoutes.Nodes + "?select=n001", """{ "group": "rack1" }""");
        var clients = JsonSerializer.Deserialize(await _http.GetStringAsync(AdminRoutes.Clients + query), AdminJson.Default.IReadOnlyListClientSummary)!;
        Assert.Equal(names, string.Join(' ', clients.Select(client => client.Name)));
    }

    [Theory]
    [InlineData("?olderThan=5")]
    [InlineData("?sort=colour")]
    public async Task A_filter_that_can_not_be_read_is_refused(string query) => Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(HttpMethod.Get, AdminRoutes.Clients + query)).Status);

    [Fact]
    public async Task A_held_client_is_in_phase_Held()
    {
        var state = LiveAdmin.Boot(LiveAdmin.Unseen, BootPhase.Script);
        _admin.Board.Post(state with { Current = state.Current! with { Held = true } }, entered: true);

        var clients = JsonSerializer.Deserialize(await _http.GetStringAsync(AdminRoutes.Clients + "?phase=Held"), AdminJson.Default.IReadOnlyListClientSummary)!;
        Assert.Equal("n003", Assert.Single(clients).Name);
        var status = JsonSerializer.Deserialize(await _http.GetStringAsync(AdminRoutes.Status), AdminJson.Default.StatusView)!;
        Assert.Equal(1, status.Phases["Held"]);
    }

    [Fact]
    public async Task Leases_are_listed_with_who_has_them()
    {
        var settled = new TaskCompletionSource<Boot.Leases.LeaseCommit>();
        _admin.Leases.Commit(new() { Client = LiveAdmin.Booted, Address = Wire.Ipv4Address.Parse("10.77.1.7"), ExpiresAt = TimeProvider.System.GetUtcNow().AddHours(1) }, 0, settled.SetResult);
        Assert.Equal(Boot.Leases.LeaseCommit.Committed, await settled.Task);
        var lease = Assert.Single(JsonSerializer.Deserialize(await _http.GetStringAsync(CatalogRoutes.Leases + "?running=true"), CatalogJson.Default.IReadOnlyListLeaseRow)!);

        Assert.Equal(("10.77.1.7", "52:54:00:77:00:01", "n001", true, false), (lease.Address, lease.Mac, lease.Name, lease.Running, lease.Fixed));
    }

    [Theory]
    [InlineData("10.77.1.7")]
    [InlineData("52:54:00:77:00:01")]
    public async Task A_lease_is_ended_by_its_address_or_its_machine(string who)
    {
        var settled = new TaskCompletionSource<Boot.Leases.LeaseCommit>();
        _admin.Leases.Commit(new() { Client = LiveAdmin.Booted, Address = Wire.Ipv4Address.Parse("10.77.1.7"), ExpiresAt = TimeProvider.System.GetUtcNow().AddHours(1) }, 0, settled.SetResult);
        Assert.Equal(Boot.Leases.LeaseCommit.Committed, await settled.Task);
        var told = new List<Boot.Leases.LeaseNews>();
        _admin.Leases.Changed += told.Add;

        var (status, body, _) = await SendAsync(HttpMethod.Delete, CatalogRoutes.Lease + who);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("10.77.1.7", Assert.Single(JsonSerializer.Deserialize(body, CatalogJson.Default.IReadOnlyListLeaseRow)!).Address);
        Assert.Equal("[]", await _http.GetStringAsync(CatalogRoutes.Leases));
        Assert.Equal(LiveAdmin.Booted, Assert.Single(told).Ended?.Client); // other head nodes
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Delete, CatalogRoutes.Lease + who)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(HttpMethod.Delete, CatalogRoutes.Lease + "n001")).Status);
    }

    [Fact]
    public async Task A_node_whose_card_was_replaced_is_the_same_node_by_its_new_card()
    {
        var (status, _, _) = await SendAsync(HttpMethod.Patch, CatalogRoutes.Nodes + "?select=n001", """{ "mac": "52:54:00:77:01:77" }""");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Null(_admin.Current.NodeOf(LiveAdmin.Booted));
        Assert.Equal("n001", _admin.Current.NodeOf(Wire.MacAddress.Parse("52:54:00:77:01:77"))?.Name);
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(HttpMethod.Patch, CatalogRoutes.Nodes + "?select=n001", $$"""{ "mac": "{{LiveAdmin.Unseen}}" }""")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(HttpMethod.Patch, CatalogRoutes.Nodes + "?select=all", """{ "mac": "52:54:00:77:01:78" }""")).Status);
        Assert.Equal("n003", _admin.Current.NodeOf(LiveAdmin.Unseen)?.Name);
    }

    [Fact]
    public async Task A_node_of_several_cards_is_one_node_by_each_of_them_with_an_address_in_each_subnet()
    {
        var card = Wire.MacAddress.Parse("52:54:00:77:01:01");
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Patch, CatalogRoutes.Nodes + "?select=n001", """{ "cards": "52-54-00-77-01-01", "ip": "10.77.0.51" }""")).Status);
        Assert.Equal(("n001", LiveAdmin.Booted), (_admin.Current.NodeOf(card)!.Name, _admin.Current.NodeOf(card)!.Mac));
        Assert.True(_admin.Current.IsOwner(card, Wire.Ipv4Address.Parse("10.77.0.51")));
        Assert.Equal(2, _admin.Current.Machines.Count());
        Assert.Contains("cards: \"52:54:00:77:01:01\"", await _http.GetStringAsync(CatalogRoutes.Export), StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, (await SendAsync(HttpMethod.Patch, CatalogRoutes.Nodes + "?select=n003", """{ "cards": "52:54:00:77:01:01" }""")).Status); // another node's
        Assert.NotEqual(HttpStatusCode.OK, (await SendAsync(HttpMethod.Patch, CatalogRoutes.Nodes + "?select=n001", """{ "ip": "10.77.0.51, 10.77.0.52" }""")).Status); // one could never be given
    }
}
