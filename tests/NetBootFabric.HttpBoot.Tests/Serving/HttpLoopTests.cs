namespace NetBootFabric.HttpBoot.Tests.Serving;

/// <summary>What depends on the moment at which a loop looks.</summary>
public sealed class HttpLoopTests
{
    /// <summary>Within this a client that is held gets something.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Who_is_held_for_the_second_time_on_one_connection_gets_something_too()
    {
        await using var loop = new OneLoop();
        loop.Write("large", 100_000);
        loop.Start();
        loop.Crowded();
        using var client = RawClient.Connect(loop.Endpoint);
        client.Send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
        await loop.HeldAsync(1);
        loop.Deserted();
        Assert.Equal(100_000, client.ReadAnswer());
        loop.Crowded();
        loop.Pass(Patience);
        await OnceMoreAsync(loop); // so the first one's time is over, while it asks for nothing
        client.Send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
        await loop.HeldAsync(1);
        loop.Pass(Patience);
        Assert.StartsWith("HTTP/1.1 200 ", client.ReadHead(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Connection: close\r\n")]
    public async Task A_client_that_says_all_in_one_gets_its_answer_and_the_end(string field)
    {
        await using var loop = new OneLoop();
        loop.Write("file", 1_000_000);
        using var client = RawClient.Connect(loop.Endpoint, receiveBuffer: 4096);
        client.Send($"GET /file HTTP/1.1\r\nHost: a\r\n{field}\r\n");
        client.EndSending();
        loop.Start();
        var answer = client.ReadToEnd();
        Assert.Equal(1_000_000, answer.Length - answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) - 4);
    }

    [Fact]
    public async Task Who_is_held_and_takes_nothing_does_not_wait_for_ever()
    {
        await using var loop = new OneLoop();
        loop.Write("large", 20_000_000); // more than a socket takes
        loop.Start();
        loop.Crowded();
        using var client = RawClient.Connect(loop.Endpoint, receiveBuffer: 1024);
        client.Send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
        await loop.HeldAsync(1);
        await loop.NoneHeldAsync();
    }

    [Fact]
    public async Task Who_reads_slowly_but_fast_enough_is_not_cut_off_while_its_socket_still_has_much_ahead()
    {
        await using var loop = new OneLoop();
        loop.Write("large", 20_000_000);
        loop.Start();
        using var client = RawClient.Connect(loop.Endpoint, receiveBuffer: 100_000);
        client.Send("GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        var got = client.ReadHead().Length;
        for (var round = 0; round < 3; round++)
        {
            got += client.ReadSome(500_000); // in half a minute
            using var silent = RawClient.Connect(loop.Endpoint);
            await loop.AcceptedAsync(2);
            loop.Pass(TimeSpan.FromSeconds(30));
            Assert.Equal("", silent.ReadToEnd()); // so the loop has looked at both
        }
        Assert.InRange(got + client.ReadToEnd().Length, 20_000_000, 20_001_000);
    }

    private static async Task OnceMoreAsync(OneLoop loop)
    {
        using var other = RawClient.Connect(loop.Endpoint);
        other.Send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
        await loop.HeldAsync(1);
        loop.Pass(Patience);
        Assert.NotEmpty(other.ReadHead());
        other.Reset();
        await loop.HeldAsync(0);
    }
}
