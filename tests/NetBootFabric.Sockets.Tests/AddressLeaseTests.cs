using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace NetBootFabric.Sockets.Tests;

/// <summary>Addresses that live as long as somebody renews them.</summary>
public sealed class AddressLeaseTests
{
    private static readonly InterfaceAddress Service = new(Wired.ServerAddress + 99, 32);

    [Fact]
    public void An_address_stays_as_long_as_it_is_renewed_and_goes_by_itself_with_its_route()
    {
        using var wire = new Wired();
        using var addresses = wire.Server.Run(() => new InterfaceAddresses());
        var routes = Routes(wire);
        Assert.Equal(Errno.None, addresses.Renew(wire.ServerIndex, Service, seconds: 1));
        Assert.NotEqual(routes, Routes(wire));

        // The kernel's clock can't be put forward: longer than two lifetimes.
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < TimeSpan.FromSeconds(2.5))
        {
            Assert.Equal(Errno.None, addresses.Renew(wire.ServerIndex, Service, seconds: 1));
            Assert.Contains(Service, Addresses(wire));
        }
        clock.Restart();
        while (Addresses(wire).Contains(Service)) Assert.True(clock.Elapsed < Loopback.Limit, "it did not go");
        Assert.Equal(routes, Routes(wire));
    }

    [Fact]
    public void A_renewed_address_is_there_once_and_is_removed_at_once()
    {
        using var wire = new Wired();
        using var addresses = wire.Server.Run(() => new InterfaceAddresses());
        for (var i = 0; i < 3; i++) Assert.Equal(Errno.None, addresses.Renew(wire.ServerIndex, Service, seconds: 60));
        Assert.Equal([new InterfaceAddress(Wired.ServerAddress, 24), Service], Addresses(wire));
        Assert.Contains("valid_lft 60sec preferred_lft 60sec", wire.Server.Show("address show dev eth0"), StringComparison.Ordinal);

        Assert.Equal(Errno.None, addresses.Remove(wire.ServerIndex, Service));
        Assert.Equal([new InterfaceAddress(Wired.ServerAddress, 24)], Addresses(wire));
        Assert.Equal(Errno.EADDRNOTAVAIL, addresses.Remove(wire.ServerIndex, Service));
    }

    [Fact]
    public void An_address_that_was_there_for_good_gets_a_lifetime()
    {
        using var wire = new Wired();
        using var addresses = wire.Server.Run(() => new InterfaceAddresses());
        Assert.Equal(Errno.None, addresses.Add(wire.ServerIndex, Service));
        Assert.Equal(Errno.None, addresses.Renew(wire.ServerIndex, Service, seconds: 60));
        Assert.Contains($"{Service} scope global dynamic", wire.Server.Show("address show dev eth0"), StringComparison.Ordinal);
    }

    [Fact]
    public void Clients_are_answered_from_the_address_that_they_asked()
    {
        using var wire = new Wired();
        wire.Client.Here("address add 10.9.0.2/24 dev eth0");
        using var addresses = wire.Server.Run(() => new InterfaceAddresses());
        Assert.Equal(Errno.None, addresses.Renew(wire.ServerIndex, Service, seconds: 60));
        var service = new IPAddress(IPAddress.HostToNetworkOrder((int)Service.Address) & 0xFFFF_FFFFL);
        using var listener = wire.Server.Run(() => Bound(SocketType.Stream));
        using var server = wire.Server.Run(() => DatagramSocket.Open(new DatagramSocketOptions()));

        listener.Listen();
        using var stream = wire.Client.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        stream.Connect(new IPEndPoint(service, ((IPEndPoint)listener.LocalEndPoint!).Port));
        using var accepted = listener.Accept();
        Assert.Equal(service, ((IPEndPoint)accepted.LocalEndPoint!).Address);

        using var asking = wire.Client.Run(() => Bound(SocketType.Dgram));
        asking.ReceiveTimeout = (int)Loopback.Limit.TotalMilliseconds;
        asking.SendTo([1], new IPEndPoint(service, server.LocalPort));
        var batch = new DatagramBatch(capacity: 1);
        Assert.Equal(1, server.Receive(batch, Loopback.Limit));
        Assert.Equal(Service.Address, batch[0].Local.Address);
        Assert.Equal(Errno.None, server.SendTo([2], batch[0].Source, batch[0].Local));
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        asking.ReceiveFrom(new byte[4], ref from);
        Assert.Equal(service, ((IPEndPoint)from).Address);
    }

    [Fact]
    public void The_kernel_says_why_as_a_value()
    {
        using var wire = new Wired();
        using var addresses = wire.Server.Run(() => new InterfaceAddresses());
        Assert.Equal(Errno.ENODEV, addresses.Renew(9999, Service, seconds: 1));
        Assert.Equal(Errno.None, addresses.Renew(wire.ServerIndex, Service, seconds: 60));
        addresses.Dispose();
        Assert.Equal(Errno.Closed, addresses.Renew(wire.ServerIndex, Service, seconds: 60));
    }

    private static Socket Bound(SocketType type)
    {
        var socket = new Socket(AddressFamily.InterNetwork, type, type == SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        return socket;
    }

    private static string Routes(Wired wire) => wire.Server.Show("-4 route show table all");

    private static IReadOnlyList<InterfaceAddress> Addresses(Wired wire) => wire.Server.Run(() => InterfaceTable.Get("eth0").Addresses);
}
