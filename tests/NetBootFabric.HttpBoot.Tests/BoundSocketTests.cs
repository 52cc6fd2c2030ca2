using System.Net;
using System.Net.Sockets;
using NetBootFabric.Sockets;
using NetBootFabric.Testing;

namespace NetBootFabric.HttpBoot.Tests;

/// <summary>Sockets that were bound by device, on a wire of their own.</summary>
public sealed class BoundSocketTests : IDisposable
{
    private readonly NetworkNamespace _head = new(), _room = new();

    public BoundSocketTests()
    {
        foreach (var i in new[] { 0, 1 })
        {
            _head.Join(_room, $"eth{i}", $"eth{i}", $"02:00:00:00:0c:{i}1", $"02:00:00:00:0c:{i}2");
            _room.Here($"address add 10.9.{i}.2/24 dev eth{i}");
            _head.Here($"address add 10.9.{i}.1/24 dev eth{i}");
        }
    }

    [Fact]
    public async Task Addresses_that_come_while_it_runs_are_served_on_every_device_at_one_port()
    {
        var one = _head.Run(() => DeviceListener.Bind("eth0", 0));
        var port = ((IPEndPoint)one.LocalEndPoint!).Port;
        var other = _head.Run(() => DeviceListener.Bind("eth1", (ushort)port));
        await using var server = await BootServer.StartAsync(options => options with { Listen = [], Bound = [one, other] });
        var file = server.Write("vmlinuz", 10_000);

        using var client = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync });
        _head.Here("address add 10.9.0.100/32 dev eth0");
        foreach (var address in new[] { "10.9.0.1", "10.9.0.100", "10.9.1.1" })
            Assert.Equal(file, await client.GetByteArrayAsync($"http://{address}:{port}/vmlinuz"));

        await server.StopAsync();
        _head.Run(() => DeviceListener.Bind("eth0", (ushort)port)).Dispose(); // nobody listens there any more
    }

    public void Dispose()
    {
        _head.Dispose();
        _room.Dispose();
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = _room.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        await socket.ConnectAsync(IPAddress.Parse(context.DnsEndPoint.Host), context.DnsEndPoint.Port, cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
