using System.Collections.Frozen;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.AdminApi.Power;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Node.Tests.Admin;
using NetBootFabric.Power.Tests.Redfish;

namespace NetBootFabric.Node.Tests.Power;

public sealed class PowerApiTests : IAsyncLifetime
{
    private readonly string _password = Path.GetTempFileName();
    private LiveAdmin _admin = null!;
    private HttpClient _http = null!;
    private RedfishService _bmc = null!;

    public async Task InitializeAsync()
    {
        _admin = await LiveAdmin.StartAsync();
        _http = _admin.Client();
        _bmc = await RedfishService.StartAsync(new RedfishHabits { Systems = 2 });
        await File.WriteAllTextAsync(_password, "sesame-open-word\n");
        Credentials("room", "operator", _password);
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _admin.DisposeAsync();
        await _bmc.DisposeAsync();
        File.Delete(_password);
    }

    private void Credentials(string name, string user, string file) =>
        _admin.Power.Use(new PowerOptions(new Dictionary<string, PowerCredentials> { [name] = new(user, file, [], false, null) }.ToFrozenDictionary()));

    /// <summary>n001 by itself and its group, n003 by its group alone.</summary>
    private async Task EnterAsync(string credentials = "room")
    {
        var outcome = await _admin.Catalog.ApplyAsync(new CatalogDocument
        {
            Groups = [new GroupSpec { Name = "rack1", Bmc = new BmcSpec(null, "redfish", credentials) }],
            Nodes =
            [
                new NodeSpec { Mac = LiveAdmin.Booted.ToString(), Name = "n001", Group = "rack1", Bmc = new BmcSpec($"{_bmc.Address}/redfish/v1/Systems/sys1", null, null) },
                new NodeSpec { Mac = LiveAdmin.Unseen.ToString(), Name = "n003", Group = "rack1" },
            ],
        }, dryRun: false);
        Assert.Null(outcome.Refusal);
    }

    private async Task<(List<PowerEvent> Machines, PowerEnd? End)> PowerAsync(PowerWish wish)
    {
        using var answer = await _http.PostAsync(new Uri(PowerRoutes.Power, UriKind.Relative), new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(wish, PowerJson.Default.PowerWish)));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var machines = new List<PowerEvent>();
        PowerEnd? end = null;
        await foreach (var item in SseParser.Create(await answer.Content.ReadAsStreamAsync(), (_, data) => Encoding.UTF8.GetString(data)).EnumerateAsync())
        {
            if (item.EventType == PowerRoutes.EndEvent) end = JsonSerializer.Deserialize(item.Data, PowerJson.Default.PowerEnd);
            else machines.Add(JsonSerializer.Deserialize(item.Data, PowerJson.Default.PowerEvent)!);
        }
        return (machines, end);
    }

    [Fact]
    public async Task A_node_is_switched_by_its_own_bmc_and_that_of_its_group()
    {
        await EnterAsync();
        var (machines, end) = await PowerAsync(new PowerWish { Action = "on", Select = "n001", Pxe = true });

        Assert.Equal(["started", "done"], machines.Select(one => one.Stage));
        Assert.Equal(1, end!.Done);
        Assert.True(_bmc.Machine.IsOn);
        Assert.Equal("Pxe Once", _bmc.Machine.NextBoot);
    }

    [Fact]
    public async Task Who_can_t_be_switched_is_told_with_the_others()
    {
        await EnterAsync();
        var (_, end) = await PowerAsync(new PowerWish { Action = "on", Select = "@rack1", StaggerMilliseconds = 0 });

        Assert.Equal(1, end!.Done);
        Assert.Contains("no BMC", Assert.Single(end.Failed, one => one.Name == "n003").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_that_are_not_there_are_named()
    {
        await EnterAsync("elsewhere");
        Assert.Contains("'elsewhere'", (await PowerAsync(new PowerWish { Action = "on", Select = "n001" })).End!.Failed[0].Text, StringComparison.Ordinal);

        Credentials("elsewhere", "operator", "/nowhere/password");
        Assert.Contains("/nowhere/password", (await PowerAsync(new PowerWish { Action = "on", Select = "n001" })).End!.Failed[0].Text, StringComparison.Ordinal);
        Assert.Empty(_bmc.Machine.Resets);
    }

    [Fact]
    public async Task A_password_is_in_no_answer()
    {
        await EnterAsync();
        await File.WriteAllTextAsync(_password, "wrong-and-private\n");
        var (_, end) = await PowerAsync(new PowerWish { Action = "on", Select = "n001" });

        Assert.Contains("refuses user operator", end!.Failed[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-and-private", end.Failed[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("x")]
    [InlineData("{\"action\":\"explode\",\"select\":\"n001\"}")]
    [InlineData("{\"action\":\"on\",\"select\":\"\"}")]
    [InlineData("{\"action\":\"on\",\"select\":\"n[1-\"}")]
    [InlineData("{\"action\":\"on\",\"select\":\"n001\",\"soft\":true}")]
    [InlineData("{\"action\":\"off\",\"select\":\"n001\",\"pxe\":true}")]
    [InlineData("{\"action\":\"on\",\"select\":\"n001\",\"atOnce\":0}")]
    [InlineData("{\"action\":\"on\",\"select\":\"n001\",\"staggerMilliseconds\":-1}")]
    public async Task A_wish_that_is_none_is_refused(string body)
    {
        using var answer = await _http.PostAsync(new Uri(PowerRoutes.Power, UriKind.Relative), new StringContent(body));
        Assert.Equal(400, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Nodes_that_are_not_there_are_named()
    {
        using var answer = await _http.PostAsync(new Uri(PowerRoutes.Power, UriKind.Relative), new StringContent("{\"action\":\"on\",\"select\":\"n999\"}"));
        Assert.Equal(404, (int)answer.StatusCode);
        Assert.Contains("n999", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
