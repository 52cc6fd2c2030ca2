using System.Net.Sockets;
using System.Text;
using NetBootFabric.Boot.Events;

namespace NetBootFabric.HttpBoot.Tests;

/// <summary>What clients do with a connection besides one request after another.</summary>
public sealed class ConversationTests
{
    [Fact]
    public async Task Requests_sent_together_are_answered_in_their_order()
    {
        await using var server = await BootServer.StartAsync();
        var large = server.Write("large", 300_000);
        server.Write("small", 7);
        using var client = RawClient.Connect(server.Endpoint);
        var requests = string.Concat(Enumerable.Range(0, 40).Select(i => $"GET /{(i % 10 == 9 ? "large" : "small")} HTTP/1.1\r\nHost: a\r\n\r\n"));
        client.Send(requests + "GET /missing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        var answers = client.ReadToEnd();
        Assert.Equal(36, Count(answers, "Content-Length: 7\r\n"));
        Assert.Equal(4, Count(answers, "Content-Length: 300000\r\n"));
        Assert.Equal(4, Count(answers, Encoding.Latin1.GetString(large, 0, 100)));
        Assert.EndsWith("\r\n\r\nnot found\n", answers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_may_come_an_octet_at_a_time()
    {
        await using var server = await BootServer.StartAsync();
        server.Write("a", 3);
        using var client = RawClient.Connect(server.Endpoint);
        foreach (var octet in "GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n") client.Send(octet.ToString());
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", client.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_has_said_all_still_gets_its_answer()
    {
        await using var server = await BootServer.StartAsync();
        server.Write("large", 5_000_000);
        using var client = RawClient.Connect(server.Endpoint);
        client.Send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
        client.EndSending();
        var answer = client.ReadToEnd();
        Assert.Equal(5_000_000, answer.Length - answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) - 4);
    }

    [Fact]
    public async Task A_client_that_says_its_end_while_the_answer_is_on_its_way_still_gets_all_of_it()
    {
        await using var server = await BootServer.StartAsync();
        server.Write("file", 1_000_000);
        using var client = RawClient.Connect(server.Endpoint, receiveBuffer: 4096);
        client.Send("GET /file HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        await server.ToldAsync(TransferStage.Done);
        client.EndSending();
        var answer = client.ReadToEnd();
        Assert.Equal(1_000_000, answer.Length - answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) - 4);
    }

    [Fact]
    public async Task Half_a_request_is_refused_when_its_time_is_up()
    {
        await using var server = await BootServer.StartAsync(options => options with { HeaderTimeout = TimeSpan.FromSeconds(1) });
        using var silent = RawClient.Connect(server.Endpoint);
        using var slow = RawClient.Connect(server.Endpoint);
        slow.Send("GET /a HTTP/1.1\r\nHost: ");
        Assert.StartsWith("HTTP/1.1 408 Request Timeout\r\n", slow.ReadToEnd(), StringComparison.Ordinal);
        Assert.Equal("", silent.ReadToEnd());
    }

    [Fact]
    public async Task Half_a_body_is_refused_when_its_time_is_up()
    {
        await using var server = await BootServer.StartAsync(options => options with { HeaderTimeout = TimeSpan.FromSeconds(1) });
        using var slow = RawClient.Connect(server.Endpoint);
        slow.Send($"POST /boot/{BootServer.Mac}/failed HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf");
        Assert.StartsWith("HTTP/1.1 408 ", slow.ReadToEnd(), StringComparison.Ordinal);
        Assert.Empty(server.Reports);
    }

    [Fact]
    public async Task An_idle_connection_is_closed_when_its_time_is_up()
    {
        await using var server = await BootServer.StartAsync(options => options with { KeepAliveTimeout = TimeSpan.FromSeconds(1) });
        server.Write("a", 3);
        using var client = RawClient.Connect(server.Endpoint);
        client.Send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Contains("\r\nContent-Length: 3\r\n", client.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_is_asked_for_when_the_client_waits_to_be_asked()
    {
        await using var server = await BootServer.StartAsync();
        using var client = RawClient.Connect(server.Endpoint);
        client.Send($"POST /boot/{BootServer.Mac}/failed HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", client.ReadHead());
        client.Send("fire");
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", client.ReadToEnd(), StringComparison.Ordinal);
        Assert.Equal("fire", Assert.Single(server.Reports).Detail);
    }

    [Fact]
    public async Task A_chunked_report_is_taken_and_the_next_request_found()
    {
        await using var server = await BootServer.StartAsync();
        using var client = RawClient.Connect(server.Endpoint);
        client.Send($"POST /boot/{BootServer.Mac}/failed HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nfire\r\n0\r\n\r\nHEAD /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        var answers = client.ReadToEnd();
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answers, StringComparison.Ordinal);
        Assert.Contains("HTTP/1.1 404 Not Found\r\n", answers, StringComparison.Ordinal);
        Assert.Equal("fire", Assert.Single(server.Reports).Detail);
    }

    [Fact]
    public async Task A_GET_with_a_body_is_refused()
    {
        await using var server = await BootServer.StartAsync();
        using var client = RawClient.Connect(server.Endpoint);
        client.Send("GET /a HTTP/1.1\r\nHost: a\r\nContent-Length: 30\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n");
        var answer = client.ReadToEnd();
        Assert.Equal((1, 0), (Count(answer, "HTTP/1.1 400 "), Count(answer, "404")));
    }

    [Theory]
    [InlineData("", "Connection: close")]
    [InlineData("Connection: keep-alive\r\n", "Connection: keep-alive")]
    public async Task HTTP_1_0_is_spoken(string field, string answered)
    {
        await using var server = await BootServer.StartAsync();
        server.Write("a", 3);
        using var client = RawClient.Connect(server.Endpoint);
        client.Send($"HEAD /a HTTP/1.0\r\n{field}\r\n");
        Assert.Contains($"\r\n{answered}\r\n", client.ReadHead(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_in_the_middle_of_a_download_is_noticed_at_once()
    {
        await using var server = await BootServer.StartAsync(options => options with { SlowReaderGrace = TimeSpan.FromHours(1) });
        server.Write("vmlinuz", 20_000_000);
        using (var client = RawClient.Connect(server.Endpoint, receiveBuffer: 4096))
        {
            client.Send("GET /vmlinuz HTTP/1.1\r\nHost: a\r\n\r\n");
            client.ReadHead();
            client.Reset();
        }
        Assert.Equal(TransferFailure.ClientError, (await server.ToldAsync(TransferStage.Failed)).Failure);
        Assert.Empty(server.Downloads());
    }

    [Fact]
    public async Task A_stop_lets_a_running_download_end()
    {
        await using var server = await BootServer.StartAsync();
        var bytes = server.Write("vmlinuz", 20_000_000);
        using var response = await server.Client.GetAsync("vmlinuz", HttpCompletionOption.ResponseHeadersRead);
        var stopped = server.StopAsync();
        Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync());
        await stopped.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Throws<SocketException>(() => RawClient.Connect(server.Endpoint));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
