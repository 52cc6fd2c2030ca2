using System.Net.Http.Headers;
using System.Net.Http.Json;
using NetBootFabric.AdminApi;

namespace NetBootFabric.Node.Tests.Wiring;

/// <summary>The actor system of a running head node, as pbm sees it.</summary>
public sealed class NodeActorsTests : IDisposable
{
    private readonly NodeProcess _node = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public async Task A_lone_head_node_leads_itself_and_shows_its_regions_and_actors()
    {
        _node.Start();
        await _node.AwaitLineAsync("netbootd[101]");
        using var admin = _node.Stranger();
        admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _node.Token);
        Assert.Equal("head1", (await admin.GetFromJsonAsync(AdminRoutes.Leader, AdminJson.Default.LeaderView))!.Leader);
        var regions = (await admin.GetFromJsonAsync(AdminRoutes.Regions, AdminJson.Default.IReadOnlyListRegionView))!;
        Assert.Contains(regions, region => region is { Type: "client", Node: "head1" });
        var actors = (await admin.GetFromJsonAsync(AdminRoutes.Actors + "?start=/user&depth=1", AdminJson.Default.IReadOnlyListActorLine))!;
        Assert.Contains(actors, actor => actor is { Depth: 1, Name: "dhcp-desk", Type: "DhcpDesk" });
    }
}
