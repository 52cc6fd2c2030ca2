using System.Net;
using System.Net.Sockets;
using NetBootFabric.Arp;
using NetBootFabric.Boot.Transfers;
using NetBootFabric.Node.Wiring;
using NetBootFabric.Sockets;
using NetBootFabric.Testing;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Tests.Wiring;

/// <summary>Two head nodes and a client on one switch, with Linux's own TCP at every end.</summary>
public sealed class ConnectionProbeTests : IDisposable
{
    private static readonly Ipv4Address Service = Ipv4Address.Parse("10.9.0.100"), Client = Ipv4Address.Parse("10.9.0.2");
    private static readonly int Limit = (int)TimeSpan.FromSeconds(20).TotalMilliseconds;

    private readonly NetworkNamespace _one = new(), _other = new(), _client = new();
    private readonly Socket _listener, _loading, _serving;

    public ConnectionProbeTests()
    {
        _client.Here("link add br0 type bridge");
        _client.Here("link set br0 up");
        _client.Here($"address add {Client}/24 dev br0");
        foreach (var (head, number) in new[] { (_one, 3), (_other, 4) })
        {
            head.Join(_client, "eth0", $"port{number}", $"02:00:00:00:0d:0{number}", $"02:00:00:00:0d:1{number}");
            _client.Here($"link set port{number} master br0");
            head.Here($"address add 10.9.0.{number}/24 dev eth0");
        }
        _one.Here($"address add {Service}/32 dev eth0");
        _listener = _one.Run(() => DeviceListener.Bind("eth0", 0));
        _listener.Listen();
        _loading = _client.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        _loading.ReceiveTimeout = Limit;
        _loading.Connect(Service.ToIPAddress(), ((IPEndPoint)_listener.LocalEndPoint!).Port);
        _serving = _listener.Accept();
    }

    [Fact]
    public void A_client_that_waits_on_a_connection_of_the_former_holder_is_told_at_once()
    {
        _one.Here($"address delete {Service}/32 dev eth0");
        _other.Here($"address add {Service}/32 dev eth0");
        using (var announcer = _other.Run(() => new GratuitousArp(InterfaceTable.Get("eth0")))) announcer.Announce(Service);
        Assert.Equal(Errno.None, Probe(_other));
        Assert.Equal(SocketError.ConnectionReset, Assert.Throws<SocketException>(() => _loading.Receive(new byte[1])).SocketErrorCode);
    }

    [Fact]
    public void A_connection_that_is_our_own_goes_on()
    {
        for (var i = 0; i < 5; i++) Assert.Equal(Errno.None, Probe(_one));
        _serving.Send([7]);
        var bytes = new byte[2];
        Assert.Equal(1, _loading.Receive(bytes));
        _loading.Send([8]);
        Assert.Equal(1, _serving.Receive(bytes));
    }

    [Fact]
    public void A_client_that_no_route_leads_to_is_an_error_value()
    {
        using var nowhere = new NetworkNamespace();
        Assert.Equal(Errno.ENETUNREACH, Probe(nowhere));
    }

    public void Dispose()
    {
        foreach (var socket in new[] { _listener, _loading, _serving }) socket.Dispose();
        foreach (var each in new[] { _one, _other, _client }) each.Dispose();
    }

    private Errno Probe(NetworkNamespace from)
    {
        using var probe = from.Run(() => new ConnectionProbe());
        var (server, client) = ((IPEndPoint)_loading.RemoteEndPoint!, (IPEndPoint)_loading.LocalEndPoint!);
        return probe.Probe(new HttpDownload(Service, (ushort)server.Port, Client, (ushort)client.Port));
    }
}
