using System.Diagnostics;
using System.Globalization;
using NetBootFabric.Sockets;
using NetBootFabric.Testing;
using NetBootFabric.Tftp.Tests.Serving;
using NetBootFabric.Wire;
using Xunit.Abstractions;

namespace NetBootFabric.Tftp.Tests.Storms;

/// <summary>A real server behind a real token bucket that drops what its queue of 32 KiB can't hold; takes root.</summary>
public sealed class ShapedLinkTests(ITestOutputHelper output) : IDisposable
{
    private const double Rate = 100e6 / 8;
    private const int BlockSize = 1468;

    private static readonly uint ServerAddress = Ipv4Address.Parse("10.9.0.1").Value, FirstClient = Ipv4Address.Parse("10.65.0.1").Value;

    private readonly NetworkNamespace _server = new(), _clients = new();

    public void Dispose()
    {
        _server.Dispose();
        _clients.Dispose();
    }

    [Theory]
    [InlineData(100)]
    [InlineData(250)]
    [InlineData(1000)]
    public void Every_client_of_a_room_gets_its_file(int clients)
    {
        Connect();
        using var server = _server.Run(() => new ServerUnderTest(new TftpServerOptions { Workers = 2 }));
        var file = server.Content.Add("kernel", 30_000_000 / clients);
        using var socket = _clients.Run(() => DatagramSocket.Open(new DatagramSocketOptions { ReceiveBufferBytes = 16 << 20 }));
        var crowd = new Crowd(socket, new UdpEndpoint(ServerAddress, server.Port), FirstClient, file, BlockSize);
        crowd.Download(clients, TimeSpan.FromMinutes(2));

        // In each frame of 1514 octets stand 1468 of the file.
        var goodput = (double)file.Length * crowd.Done / crowd.Took.TotalSeconds / (Rate * BlockSize / 1514);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{crowd.Done} of {clients} in {crowd.Took.TotalSeconds:F2} s, {goodput:P1} of the link, clients repeated {crowd.Repeated}, the server {server.Metrics.Retransmissions}"));
        Assert.Equal((clients, 0), (crowd.Done, crowd.WrongBlocks));
        Assert.True(SpinWait.SpinUntil(() => server.Metrics.Active == 0, TimeSpan.FromSeconds(30)));
    }

    private void Connect()
    {
        _server.Join(_clients, "eth0", "eth0", "02:00:00:00:09:01", "02:00:00:00:09:02");
        _server.Here("address add 10.9.0.1/24 dev eth0");
        _clients.Here("address add 10.9.0.2/24 dev eth0");
        _server.Here("route add 10.65.0.0/16 via 10.9.0.2"); // one neighbour, not a thousand
        _clients.Here("route add local 10.65.0.0/16 dev lo");
        using var tc = Process.Start("tc", $"-n {_server.Name} qdisc add dev eth0 root tbf rate 100mbit burst 5kb limit 32768");
        tc.WaitForExit();
        Assert.Equal(0, tc.ExitCode);
    }
}
