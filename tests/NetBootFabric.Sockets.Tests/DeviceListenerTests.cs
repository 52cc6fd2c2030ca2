using System.Net;
using System.Net.Sockets;
using NetBootFabric.Testing;

namespace NetBootFabric.Sockets.Tests;

public sealed class DeviceListenerTests
{
    [Fact]
    public async Task An_address_that_comes_later_is_heard_and_two_devices_share_a_port()
    {
        using var wire = new Wired();
        wire.Client.Here("address add 10.9.0.2/24 dev eth0");
        wire.Server.AddPair("eth1", "far1", "02:00:00:00:09:11", "02:00:00:00:09:12");
        using var one = wire.Server.Run(() => DeviceListener.Bind("eth0", 0));
        var port = (ushort)((IPEndPoint)one.LocalEndPoint!).Port;
        using var other = wire.Server.Run(() => DeviceListener.Bind("eth1", port));
        one.Listen();
        other.Listen();

        wire.Server.Here("address add 10.9.0.100/32 dev eth0");
        foreach (var address in new[] { "10.9.0.1", "10.9.0.100" })
        {
            using var client = wire.Client.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
            client.Connect(new IPEndPoint(IPAddress.Parse(address), port));
            using var accepted = await one.AcceptAsync().WaitAsync(Loopback.Limit);
            Assert.Equal(address, ((IPEndPoint)accepted.LocalEndPoint!).Address.ToString());
        }
        Assert.False(other.Poll(0, SelectMode.SelectRead));
    }

    [Fact]
    public void Why_it_could_not_be_opened_is_said()
    {
        using var room = new NetworkNamespace();
        room.AddPair("eth0", "far0", "02:00:00:00:09:01", "02:00:00:00:09:02");
        var missing = Assert.Throws<InvalidOperationException>(() => room.Run(() => DeviceListener.Bind("eth9", 80)));
        Assert.Contains("cannot open TCP port 80 on eth9: there is no such interface", missing.InnerException!.Message, StringComparison.Ordinal);
        using var first = room.Run(() => DeviceListener.Bind("eth0", 80));
        first.Listen();
        var taken = Assert.Throws<InvalidOperationException>(() => room.Run(() => DeviceListener.Bind("eth0", 80)));
        Assert.Contains("port 80 is taken", taken.InnerException!.Message, StringComparison.Ordinal);
    }
}
