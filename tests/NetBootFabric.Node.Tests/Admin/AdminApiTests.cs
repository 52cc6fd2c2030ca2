using System.Net;
using System.Text.Json;
using NetBootFabric.AdminApi;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Tests.Admin;

public sealed class AdminApiTests : IAsyncLifetime
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

    [Fact]
    public async Task Metrics_come_in_the_format_that_Prometheus_reads()
    {
        using var answer = await _http.GetAsync(AdminRoutes.Metrics);

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Contains("# TYPE netboot_store_commit_duration_seconds histogram\n", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_counts_clients_by_phase_and_shows_the_pools()
    {
        var status = JsonSerializer.Deserialize(await _http.GetStringAsync(AdminRoutes.Status), AdminJson.Default.StatusView)!;

        Assert.Equal(2, status.Clients);
        Assert.Equal(1, status.Phases["Failed"]);
        Assert.Equal(256, Assert.Single(status.Pools).Size);
        Assert.Equal("look here", Assert.Single(status.Warnings));
    }

    [Theory]
    [InlineData("", "c-525400770002 n001")]
    [InlineData("?phase=failed", "c-525400770002")]
    [InlineData("?phase=Kernel", "")]
    public async Task Clients_are_listed_by_name_and_filtered_by_phase(string query, string names)
    {
        var clients = JsonSerializer.Deserialize(await _http.GetStringAsync(AdminRoutes.Clients + query), AdminJson.Default.IReadOnlyListClientSummary)!;
        Assert.Equal(names, string.Join(' ', clients.Select(client => client.Name)));
    }

    [Theory]
    [InlineData("52:54:00:77:00:01")]
    [InlineData("525400770001")]
    [InlineData("n001")]
    [InlineData("N001")]
    public async Task A_client_is_found_by_address_and_by_name(string who)
    {
        var client = JsonSerializer.Deserialize(await _http.GetStringAsync(AdminRoutes.Client + who), AdminJson.Default.ClientDetail)!;

        Assert.Equal("n001", client.Summary.Name);
        Assert.Equal([1.5, 18.5, null], client.Current!.Phases.Select(phase => phase.Seconds));
        Assert.Equal("BiosX86", client.Current.Architecture);
    }

    [Fact]
    public async Task A_node_that_never_spoke_is_there_without_a_boot()
    {
        var client = JsonSerializer.Deserialize(await _http.GetStringAsync(AdminRoutes.Client + "n003"), AdminJson.Default.ClientDetail)!;
        Assert.Null(client.Current);
    }

    [Fact]
    public async Task A_client_of_which_only_its_lease_was_written_is_shown_with_it()
    {
        var leased = new TaskCompletionSource<LeaseCommit>();
        var lease = new Lease { Client = MacAddress.Parse("52:54:00:77:00:99"), Address = Ipv4Address.Parse("10.77.4.9"), ExpiresAt = DateTimeOffset.UtcNow.AddHours(1) };
        _admin.Leases.Commit(lease, 1, leased.SetResult);
        Assert.Equal(LeaseCommit.Committed, await leased.Task);

        var client = JsonSerializer.Deserialize(await _http.GetStringAsync(AdminRoutes.Client + lease.Client), AdminJson.Default.ClientDetail)!;
        Assert.Equal(("10.77.4.9", null), (client.Lease?.Address, client.Current));
        Assert.StartsWith("it was given 10.77.4.9", client.Why?.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AdminRoutes.Client + "nobody", "no client 'nobody'")]
    [InlineData("/api/v9", "no such call")]
    public async Task What_is_not_there_is_said(string path, string says)
    {
        using var response = await _http.GetAsync(path);
        var error = JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), AdminJson.Default.ApiError)!;

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains(says, error.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watcher_sees_each_phase_as_it_is_entered()
    {
        using var response = await _http.GetAsync(AdminRoutes.Watch + "?all=true", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var known = new HashSet<string> { (await NextAsync(reader)).Client.Name, (await NextAsync(reader)).Client.Name };
        Assert.Equal(["c-525400770002", "n001"], known.Order(StringComparer.Ordinal));

        _admin.Board.Post(LiveAdmin.Boot(LiveAdmin.Unseen, BootPhase.Kernel), entered: true);
        Assert.Equal(("n003", "Kernel"), await NextAsync(reader) is var seen ? (seen.Client.Name, seen.Client.Phase) : default);
    }

    private static async Task<WatchEvent> NextAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
            if (line.StartsWith("data: ", StringComparison.Ordinal)) return JsonSerializer.Deserialize(line["data: ".Length..], AdminJson.Default.WatchEvent)!;
        throw new InvalidOperationException("the stream ended");
    }
}
