using NetBootFabric.Testing;

namespace NetBootFabric.Sockets.Tests;

public sealed class SetupTests
{
    [Theory]
    [InlineData(67, "another DHCP server")]
    [InlineData(69, "another TFTP server")]
    [InlineData(4011, "another proxyDHCP server")]
    public void A_taken_port_names_its_likely_holder(int port, string holder)
    {
        using var room = new NetworkNamespace();
        var options = new DatagramSocketOptions { Port = (ushort)port };
        using var first = room.Run(() => DatagramSocket.Open(options));
        room.Run(() =>
        {
            var error = Assert.Throws<SocketSetupException>(() => DatagramSocket.Open(options));
            Assert.Equal(Errno.EADDRINUSE, error.Error);
            Assert.Contains($"UDP port {port}", error.Message);
            Assert.Contains(holder, error.Message);
        });
    }

    [Fact]
    public void A_port_can_be_shared_by_those_who_ask_for_it()
    {
        var options = new DatagramSocketOptions { ReuseAddress = true };
        using var first = Loopback.Open(options);
        using var second = Loopback.Open(options with { Port = first.LocalPort });
        Assert.Equal(first.LocalPort, second.LocalPort);
    }

    [Fact]
    public void A_device_that_is_not_there_is_named()
    {
        var error = Assert.Throws<SocketSetupException>(() => DatagramSocket.Open(new DatagramSocketOptions { Device = "eth99" }));
        Assert.Equal(Errno.ENODEV, error.Error);
        Assert.Contains("on eth99: there is no such interface", error.Message);
    }

    [Fact]
    public void An_address_of_another_machine_is_refused() =>
        Assert.Equal(Errno.EADDRNOTAVAIL, Assert.Throws<SocketSetupException>(() => DatagramSocket.Open(new DatagramSocketOptions { Address = 0x0B00_0001 })).Error);

    [Fact]
    public void A_packet_socket_needs_an_interface() =>
        Assert.Equal(Errno.ENODEV, Assert.Throws<SocketSetupException>(() => PacketSocket.OpenArp(9999)).Error);

    [Fact]
    public void Missing_capabilities_are_named()
    {
        Assert.Contains("CAP_NET_BIND_SERVICE", SetupAdvice.For(Errno.EACCES, SetupStep.Bind, "UDP port 67", 67).Message);
        Assert.Contains("CAP_NET_RAW", SetupAdvice.For(Errno.EPERM, SetupStep.Open, "a packet socket").Message);
        Assert.Contains("(errno 71)", SetupAdvice.For((Errno)71, SetupStep.Open, "a packet socket").Message);
    }
}
