using System.Net;
using System.Net.ServerSentEvents;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using NetBootFabric.AdminApi.Live;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Node.Tests.Admin;

namespace NetBootFabric.Node.Tests.Live;

public sealed class RoomStreamTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_room_has_every_client_that_was_heard_and_every_node_that_was_not()
    {
        await using var head = await LiveHead.StartAsync(LiveHead.RoomOf(2));
        head.Board.Post(LiveAdmin.Boot(LiveHead.Mac(1), BootPhase.Failed), entered: true);
        using var http = head.Client();
        var room = JsonSerializer.Deserialize(await http.GetStringAsync(RoomRoutes.Room), RoomJson.Default.RoomView)!;

        Assert.Equal([("n1", "r1", 9, "Http"), ("n2", "r1", -1, null)], room.Cells.OrderBy(cell => cell.Name).Select(cell => (cell.Name, cell.Rack!, cell.Phase, cell.Step)));
    }

    [Fact]
    public async Task The_stream_begins_with_the_room_and_goes_on_with_what_changed()
    {
        await using var head = await LiveHead.StartAsync(LiveHead.RoomOf(2));
        using var http = head.Client();
        await using var events = await OpenAsync(http, RoomRoutes.Stream, null);
        Assert.Equal("room", (await events.NextAsync("room")).EventType);

        head.Board.Post(LiveAdmin.Boot(LiveHead.Mac(2), BootPhase.Kernel), entered: true);
        var delta = await events.DeltaAsync(delta => delta.Cells.Count > 0);
        Assert.Equal(("n2", 6), (delta.Cells[0].Name, delta.Cells[0].Phase));

        head.Current = LiveHead.RoomOf(1);
        Assert.Equal(["n1"], JsonSerializer.Deserialize(await http.GetStringAsync(RoomRoutes.Room), RoomJson.Default.RoomView)!.Cells.Where(cell => cell.Phase < 0).Select(cell => cell.Name));
    }

    [Fact]
    public async Task A_reader_that_comes_back_gets_what_it_missed_and_one_of_another_head_node_gets_everything()
    {
        await using var head = await LiveHead.StartAsync(LiveHead.RoomOf(2));
        using var http = head.Client();
        var known = JsonSerializer.Deserialize(await http.GetStringAsync(RoomRoutes.Room), RoomJson.Default.RoomView)!.Id;
        head.Board.Post(LiveAdmin.Boot(LiveHead.Mac(2), BootPhase.Kernel), entered: true);

        await using (var back = await OpenAsync(http, RoomRoutes.Stream, known))
        {
            var first = await back.NextAsync("room", "delta");
            Assert.Equal("delta", first.EventType);
            Assert.Equal("n2", (await back.DeltaAsync(delta => delta.Cells.Count > 0, first)).Cells[0].Name);
        }
        await using var stranger = await OpenAsync(http, RoomRoutes.Stream, "00000000-7");
        Assert.Equal("room", (await stranger.NextAsync("room", "delta")).EventType);
    }

    [Fact]
    public async Task A_reader_that_never_reads_is_cut_off()
    {
        // Some 6 MB: more than sockets keep.
        await using var head = await LiveHead.StartAsync(LiveHead.RoomOf(20_000, new string('n', 250)), patience: TimeSpan.FromMilliseconds(200));
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(IPAddress.Loopback, head.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {RoomRoutes.Stream} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {head.Token}\r\n\r\n"));
        using var limit = new CancellationTokenSource(Limit);
        while (head.Readers == 0) await Task.Delay(10, limit.Token);
        while (head.Readers > 0) await Task.Delay(10, limit.Token);
    }

    [Theory]
    [InlineData("/", "text/html; charset=utf-8")]
    [InlineData("/page/main.js", "text/javascript; charset=utf-8")]
    [InlineData("/page/page.css", "text/css; charset=utf-8")]
    public async Task The_page_is_served_without_a_token_and_only_once_to_who_has_it(string path, string type)
    {
        await using var head = await LiveHead.StartAsync(LiveHead.RoomOf(0));
        using var http = new HttpClient { BaseAddress = head.Address };
        using var first = await http.GetAsync(path);
        Assert.Equal(type, first.Content.Headers.ContentType!.ToString());
        Assert.Contains("script-src 'self'", first.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);

        using var again = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var same = await http.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
    }

    private static async Task<Events> OpenAsync(HttpClient http, string path, string? after)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (after is not null) request.Headers.Add("Last-Event-ID", after);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new Events(response, SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync().GetAsyncEnumerator());
    }

    private sealed record Events(HttpResponseMessage Response, IAsyncEnumerator<SseItem<string>> Items) : IAsyncDisposable
    {
        public async Task<SseItem<string>> NextAsync(params string[] types)
        {
            while (await Items.MoveNextAsync().AsTask().WaitAsync(Limit))
                if (types.Contains(Items.Current.EventType)) return Items.Current;
            throw new InvalidOperationException("the stream ended");
        }

        public async Task<RoomDelta> DeltaAsync(Predicate<RoomDelta> wanted, SseItem<string>? first = null)
        {
            for (var item = first ?? await NextAsync("delta"); ; item = await NextAsync("delta"))
                if (JsonSerializer.Deserialize(item.Data, RoomJson.Default.RoomDelta) is { } delta && wanted(delta)) return delta;
        }

        public async ValueTask DisposeAsync()
        {
            Response.Dispose();
            await Items.DisposeAsync();
        }
    }
}
