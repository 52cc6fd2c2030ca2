using NetBootFabric.Testing;
using NetBootFabric.Tftp.Tests.Serving;

namespace NetBootFabric.Tftp.Tests.Field;

/// <summary>Blocks over tunnels and overlays: none is larger than one packet of the way out carries. Takes root.</summary>
public sealed class BlockLimitTests : IDisposable
{
    private const string Client = "10.9.0.2", Server = "10.9.0.1";

    private readonly NetworkNamespace _server = new(), _client = new();

    public BlockLimitTests()
    {
        _server.Join(_client, "eth0", "eth0", "02:00:00:00:09:01", "02:00:00:00:09:02");
        _server.Here($"address add {Server}/24 dev eth0");
        _client.Here($"address add {Client}/24 dev eth0");
    }

    public void Dispose()
    {
        _server.Dispose();
        _client.Dispose();
    }

    [Theory]
    [InlineData(1400, 1468, 1368)]
    [InlineData(1400, 1024, 1024)]
    [InlineData(1500, 8192, 1468)]
    [InlineData(1500, 65464, 1468)]
    [InlineData(9000, 8192, 8192)]
    [InlineData(9000, 65464, 8968)]
    public void A_block_is_no_larger_than_the_interface_carries(int mtu, int asked, int agreed)
    {
        _server.Here($"link set eth0 mtu {mtu}");
        Assert.Equal($"OACK blksize={agreed}", Answer(new TftpServerOptions { Workers = 1 }, asked));
    }

    [Fact]
    public void A_route_that_carries_less_than_its_interface_counts()
    {
        _server.Here($"route add {Client}/32 dev eth0 mtu 1280");
        Assert.Equal("OACK blksize=1248", Answer(new TftpServerOptions { Workers = 1 }, 1468));
    }

    [Theory]
    [InlineData(1468, 1024)]
    [InlineData(512, 512)]
    public void The_operator_may_set_less(int asked, int agreed) =>
        Assert.Equal($"OACK blksize={agreed}", Answer(new TftpServerOptions { Workers = 1, MaxBlockSize = 1024 }, asked));

    [Fact]
    public void The_file_comes_in_whole_packets()
    {
        _server.Here("link set eth0 mtu 1400");
        using var server = _server.Run(() => new ServerUnderTest(new TftpServerOptions { Workers = 1 }));
        var file = server.Content.Add("kernel", 100_000);
        using var client = _client.Run(() => new LoopbackClient(Server, server.Port, Client));
        Assert.Equal(file, client.Get("kernel", "blksize=65464,windowsize=8", 1368, 8));
        Assert.Contains("FragCreates 0", Counters(), StringComparison.Ordinal);
    }

    private string Answer(TftpServerOptions options, int asked)
    {
        using var server = _server.Run(() => new ServerUnderTest(options));
        server.Content.Add("kernel", 100_000);
        using var client = _client.Run(() => new LoopbackClient(Server, server.Port, Client));
        client.Ask("kernel", $"blksize={asked}");
        return client.Next();
    }

    /// <summary>Of IP in the server's namespace, as "Name value" lines.</summary>
    private string Counters()
    {
        var lines = _server.Run(() => File.ReadAllLines("/proc/thread-self/net/snmp"))
            .Where(line => line.StartsWith("Ip:", StringComparison.Ordinal)).Select(line => line.Split(' ')).ToArray();
        return string.Join('\n', lines[0].Zip(lines[1], (name, value) => $"{name} {value}"));
    }
}
