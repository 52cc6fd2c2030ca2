using NetBootFabric.Boot.Events;

namespace NetBootFabric.HttpBoot.Tests;

public sealed class HostileClientTests
{
    [Theory]
    [InlineData("/../secret", 400)]
    [InlineData("/a/../../secret", 400)]
    [InlineData("/%2e%2e/secret", 400)]
    [InlineData("/%2E%2e%2fsecret", 400)]
    [InlineData("/..%5csecret", 400)]
    [InlineData("/..\\secret", 400)]
    [InlineData("/%252e%252e/secret", 404)] // decoded once: a file called %2e%2e
    [InlineData("/vmlinuz%00.txt", 400)]
    [InlineData("/vmlinuz%0d%0aX:", 400)]
    [InlineData("/%ff%fe", 404)]
    [InlineData("/%c0%ae%c0%ae/secret", 404)]
    [InlineData("/%", 400)]
    [InlineData("/%4", 400)]
    [InlineData("/%zz", 400)]
    [InlineData("/", 400)]
    [InlineData("/folder", 400)]
    [InlineData("/folder/", 400)]
    [InlineData("/.", 400)]
    [InlineData("//", 400)]
    [InlineData("*", 400)] // OPTIONS and CONNECT alone have these two forms
    [InlineData("vmlinuz", 400)]
    [InlineData("//vmlinuz", 200)]
    [InlineData("/./vmlinuz", 200)]
    [InlineData("/%76mlinuz", 200)]
    [InlineData("/vmlinuz?a=/../b", 200)]
    [InlineData("http://other/vmlinuz", 200)]
    [InlineData("/link", 400)]
    [InlineData("/linked/secret", 400)]
    [InlineData("/inside", 200)]
    public async Task No_path_leads_out_of_the_root(string target, int status)
    {
        await using var server = await BootServer.StartAsync();
        server.Write("vmlinuz", 10);
        Directory.CreateDirectory(Path.Combine(server.Root, "folder"));
        var outside = Directory.CreateTempSubdirectory("netboot-outside-").FullName;
        File.WriteAllText(Path.Combine(outside, "secret"), "secret");
        File.CreateSymbolicLink(Path.Combine(server.Root, "link"), Path.Combine(outside, "secret"));
        File.CreateSymbolicLink(Path.Combine(server.Root, "linked"), outside);
        File.CreateSymbolicLink(Path.Combine(server.Root, "inside"), "vmlinuz");
        using var client = RawClient.Connect(server.Endpoint);
        client.Send($"GET {target} HTTP/1.1\r\nHost: other\r\nConnection: close\r\n\r\n");
        var answer = client.ReadToEnd();
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\r\n\r\nsecret", answer, StringComparison.Ordinal);
        Directory.Delete(outside, recursive: true);
    }

    [Theory]
    [InlineData("GET /vmlinuz HTTP/1.1\r\n\r\n", 400)] // no Host
    [InlineData("GET /vmlinuz\r\n\r\n", 400)]
    [InlineData("\0\u0001\u0002\r\n\r\n", 400)]
    [InlineData("GET /vmlinuz HTTP/9.9\r\nHost: a\r\n\r\n", 505)]
    [InlineData("GET /vmlinuz HTTP/1.1\r\nHost: a\r\nBad Header\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400)]
    public async Task What_is_no_request_is_answered_and_closed(string bytes, int status)
    {
        await using var server = await BootServer.StartAsync();
        using var client = RawClient.Connect(server.Endpoint);
        client.Send(bytes);
        Assert.StartsWith($"HTTP/1.1 {status} ", client.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Huge_headers_are_refused()
    {
        await using var server = await BootServer.StartAsync(options => options with { MaximumHeaderBytes = 2048 });
        using var client = RawClient.Connect(server.Endpoint);
        client.Send($"GET /vmlinuz HTTP/1.1\r\nHost: a\r\nX: {new string('x', 4000)}\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 431 ", client.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_huge_target_is_refused()
    {
        await using var server = await BootServer.StartAsync(options => options with { MaximumHeaderBytes = 2048 });
        using var client = RawClient.Connect(server.Endpoint);
        client.Send($"GET /{new string('x', 4000)} HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 414 ", client.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_connection_serves_many_requests_one_of_them_bad()
    {
        await using var server = await BootServer.StartAsync();
        server.Write("a", 3);
        using var client = RawClient.Connect(server.Endpoint);
        foreach (var (path, status) in new[] { ("a", 200), ("missing", 404), ("..", 400), ("a", 200) })
        {
            client.Send($"HEAD /{path} HTTP/1.1\r\nHost: a\r\n\r\n");
            Assert.StartsWith($"HTTP/1.1 {status} ", client.ReadHead(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_reader_too_slow_is_cut_off()
    {
        await using var server = await BootServer.StartAsync(options =>
            options with { MinimumBytesPerSecond = 100_000_000, SlowReaderGrace = TimeSpan.FromSeconds(1.1) });
        server.Write("vmlinuz", 20_000_000);
        using var client = RawClient.Connect(server.Endpoint, receiveBuffer: 4096);
        client.Send("GET /vmlinuz HTTP/1.1\r\nHost: a\r\n\r\n");
        var failed = await server.ToldAsync(TransferStage.Failed);
        Assert.Equal(TransferFailure.TimedOut, failed.Failure);
        Assert.InRange(failed.Bytes, 0, 19_999_999);
    }

    [Fact]
    public async Task A_client_that_hangs_up_has_failed()
    {
        await using var server = await BootServer.StartAsync();
        server.Write("vmlinuz", 20_000_000);
        using (var client = RawClient.Connect(server.Endpoint, receiveBuffer: 4096))
        {
            client.Send("GET /vmlinuz HTTP/1.1\r\nHost: a\r\n\r\n");
            client.ReadHead();
        }
        Assert.Equal(TransferFailure.ClientError, (await server.ToldAsync(TransferStage.Failed)).Failure);
    }

    [Fact]
    public async Task Connections_over_the_limit_are_closed_and_the_place_comes_free_again()
    {
        await using var server = await BootServer.StartAsync(options => options with { MaximumConnectionsPerClient = 1 });
        server.Write("a", 3);
        using (var first = RawClient.Connect(server.Endpoint))
        {
            first.Send("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 200 ", first.ReadHead(), StringComparison.Ordinal);
            using var second = RawClient.Connect(server.Endpoint);
            Assert.Equal("", second.ReadToEnd());
        }
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!Answers(server)) await Task.Delay(5, limit.Token);
    }

    private static bool Answers(BootServer server)
    {
        using var client = RawClient.Connect(server.Endpoint);
        client.Send("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n");
        return client.ReadHead().StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal);
    }
}
