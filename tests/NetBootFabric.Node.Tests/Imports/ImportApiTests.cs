using System.Net;
using System.Text;
using System.Text.Json;
using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.AdminApi.Import;
using NetBootFabric.Node.Tests.Admin;

namespace NetBootFabric.Node.Tests.Imports;

public sealed class ImportApiTests : IAsyncLifetime
{
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

    private Task<HttpResponseMessage> PostAsync(string query, string text) => _http.PostAsync(new Uri(ImportRoutes.Import + query, UriKind.Relative), new ByteArrayContent(Encoding.UTF8.GetBytes(text)));

    private async Task<ImportView> ImportAsync(string query, string text)
    {
        using var answer = await PostAsync(query, text);
        var json = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, json);
        return JsonSerializer.Deserialize(json, ImportJson.Default.ImportView)!;
    }

    private NodeSpec? Node(string mac) => _admin.Catalog.Current.Nodes.GetValueOrDefault(mac)?.Spec;

    [Fact]
    public async Task Nodes_and_groups_are_in_force_at_once()
    {
        var view = await ImportAsync("?format=dnsmasq", "dhcp-host=52:54:00:77:00:11,set:gpu,n011,10.77.0.11\ndhcp-boot=pxelinux.0\n");

        Assert.True(view.Applied);
        Assert.Equal((1, 1, 2), (view.Nodes, view.Groups, view.Result!.Changed));
        Assert.Equal("dhcp-boot=pxelinux.0", Assert.Single(view.Notes).What);
        Assert.Equal("10.77.0.11", Node("52:54:00:77:00:11")!.Ip);
        Assert.Contains(_admin.Current.Nodes.Values, node => node is { Name: "n011", Group: "gpu" });
    }

    [Fact]
    public async Task Of_several_addresses_the_one_in_a_subnet_is_carried()
    {
        var view = await ImportAsync("", "host n53 { hardware ethernet 52:54:00:77:00:53; fixed-address 192.0.2.53, 10.77.0.53; }\n");

        Assert.Equal(("10.77.0.53", 0), (Node("52:54:00:77:00:53")!.Ip, view.Broken));
        Assert.Contains("in no subnet", Assert.Single(view.Notes).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_changes_nothing()
    {
        var view = await ImportAsync("?format=ethers&dryRun=true", "52:54:00:77:00:11 n011\n");

        Assert.Equal((false, true, 1), (view.Applied, view.DryRun, view.Result!.Changed));
        Assert.Null(Node("52:54:00:77:00:11"));
    }

    [Fact]
    public async Task A_broken_line_stops_all_unless_it_is_to_keep_going()
    {
        const string Text = "mac,name\n52:54:00:77:00:11,n011\nnonsense,n012\n";

        var view = await ImportAsync("", Text);
        Assert.Equal((false, 1), (view.Applied, view.Broken));
        Assert.Null(Node("52:54:00:77:00:11"));

        view = await ImportAsync("?keepGoing=true", Text);
        Assert.Equal((true, 1), (view.Applied, view.Broken));
        Assert.Equal("n011", Node("52:54:00:77:00:11")!.Name);
    }

    [Fact]
    public async Task What_does_not_fit_the_subnets_or_the_catalog_is_told_by_line()
    {
        const string Text = "mac,name,ip\n52:54:00:77:00:11,n011,10.77.0.11\n52:54:00:77:00:12,n012,192.0.2.1\n52:54:00:77:00:13,n001,10.77.0.13\n";

        var view = await ImportAsync("?keepGoing=true", Text);

        Assert.Equal([3, 4], view.Notes.Where(note => note.Broken).Select(note => note.Line));
        Assert.Contains("in no subnet", view.Notes[0].Why, StringComparison.Ordinal);
        Assert.Contains("n001", view.Notes[1].Why, StringComparison.Ordinal);
        Assert.Equal("10.77.0.11", Node("52:54:00:77:00:11")!.Ip);
        Assert.Null(Node("52:54:00:77:00:12"));
        Assert.Null(Node("52:54:00:77:00:13"));
    }

    [Fact]
    public async Task What_the_other_system_is_silent_about_stays()
    {
        await ImportAsync("", "mac,name,ip,profile,vars.unit,rack\n52:54:00:77:00:11,n011,10.77.0.11,default,7,r1\n");
        var view = await ImportAsync("?format=ethers", "52:54:00:77:00:11 renamed\n");

        Assert.Equal(1, view.Result!.Changed);
        var node = Node("52:54:00:77:00:11")!;
        Assert.Equal(("renamed", "10.77.0.11", "default", "7"), (node.Name, node.Ip, node.Profile, node.Vars["unit"]));
    }

    [Fact]
    public async Task The_same_again_changes_nothing()
    {
        const string Text = "dhcp-host=52:54:00:77:00:11,set:gpu,n011,10.77.0.11\n";
        await ImportAsync("", Text);
        Assert.Equal(0, (await ImportAsync("", Text)).Result!.Changed);
    }

    [Theory]
    [InlineData("?format=lotus", "x", HttpStatusCode.BadRequest, "dnsmasq")]
    [InlineData("?format=3", "x", HttpStatusCode.BadRequest, "dnsmasq")]
    [InlineData("", "52:54:00:77:00:11 n011\n", HttpStatusCode.BadRequest, "which system")]
    public async Task What_can_t_be_told_apart_is_asked_for(string query, string text, HttpStatusCode status, string said)
    {
        using var answer = await PostAsync(query, text);
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(said, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_name_of_the_file_helps() => Assert.True((await ImportAsync("?name=%2Fetc%2Fethers", "52:54:00:77:00:11 n011\n")).Applied);

    [Fact]
    public async Task Ten_thousand_nodes_come_in_at_once()
    {
        var text = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"dhcp-host=52:54:01:00:{i >> 8:x2}:{i & 255:x2},m{i},10.77.{100 + (i >> 8)}.{i & 255}\n"));
        var view = await ImportAsync("?format=dnsmasq&keepGoing=true", text);
        Assert.Equal(10_000, view.Nodes + view.Broken);
        Assert.True(view.Nodes > 9_990, $"{view.Nodes}");
    }
}
