using System.Diagnostics;
using NetBootFabric.Testing;

namespace NetBootFabric.Sockets.Tests;

public sealed class InterfaceTests
{
    [Fact]
    public void An_interface_is_read_as_its_own_namespace_has_it()
    {
        using var wire = new Wired();
        wire.Server.Here("link set eth0 mtu 1400");
        wire.Server.Here("address add 10.9.1.1/16 dev eth0");
        var found = wire.Server.Run(() => InterfaceTable.Get("eth0"));

        Assert.Equal((wire.ServerIndex, Wired.ServerMac, 1400), (found.Index, found.Mac, found.Mtu));
        Assert.Equal((true, true, false), (found.IsUp, found.IsRunning, found.IsLoopback));
        Assert.Equal([new InterfaceAddress(Wired.ServerAddress, 24), new InterfaceAddress(Wired.ServerAddress + 0x100, 16)], found.Addresses);
        Assert.Equal(["lo", "eth0"], wire.Client.Run(InterfaceTable.Read).Select(link => link.Name));
    }

    [Fact]
    public void A_link_local_address_is_read_where_there_is_one()
    {
        using var wire = new Wired();
        wire.Server.Here("link set eth0 addrgenmode none");
        wire.Server.Here("address flush dev eth0");
        wire.Server.Here("address add 2001:db8::1/64 dev eth0");
        Assert.Null(wire.Server.Run(() => InterfaceTable.Get("eth0").LinkLocal));
        wire.Server.Here("address add fe80::77/64 dev eth0");
        Assert.Equal(((UInt128)0xFE80 << 112) + 0x77, wire.Server.Run(() => InterfaceTable.Get("eth0").LinkLocal));
        Assert.Empty(wire.Server.Run(() => InterfaceTable.Get("eth0").Addresses));
    }

    [Fact]
    public void A_link_that_is_down_is_up_but_not_running()
    {
        using var wire = new Wired();
        wire.Client.Here("link set eth0 down");
        var found = wire.Server.Run(() => InterfaceTable.Get("eth0"));
        var limit = Stopwatch.StartNew(); // the kernel tells the other end in its own time
        while (found.IsRunning && limit.Elapsed < Loopback.Limit) found = wire.Server.Run(() => InterfaceTable.Get("eth0"));
        Assert.Equal((true, false), (found.IsUp, found.IsRunning));
        Assert.False(wire.Client.Run(() => InterfaceTable.Get("eth0")).IsUp);
    }

    [Fact]
    public void A_name_that_is_not_there_is_answered_with_those_that_are()
    {
        using var wire = new Wired();
        wire.Client.Run(() =>
        {
            Assert.Null(InterfaceTable.Find("eth7"));
            var error = Assert.Throws<SocketSetupException>(() => InterfaceTable.Get("eth7"));
            Assert.Contains("'eth7'; there are: lo, eth0", error.Message);
        });
    }

    [Fact]
    public void A_service_address_is_added_and_removed()
    {
        using var room = new NetworkNamespace();
        room.AddPair("eth0", "far0", "02:00:00:00:09:01", "02:00:00:00:09:02");
        var index = room.Run(() => InterfaceTable.Get("eth0").Index);
        var service = new InterfaceAddress(Wired.ServerAddress, 32);
        using var addresses = room.Run(() => new InterfaceAddresses());

        Assert.Equal(Errno.None, addresses.Add(index, service));
        Assert.Equal([service], room.Run(() => InterfaceTable.Get("eth0").Addresses));
        Assert.Equal(Errno.EEXIST, addresses.Add(index, service));
        Assert.Equal(Errno.None, addresses.Remove(index, service));
        Assert.Equal(Errno.EADDRNOTAVAIL, addresses.Remove(index, service));
        Assert.Empty(room.Run(() => InterfaceTable.Get("eth0").Addresses));
    }

    [Fact]
    public void A_prefix_holds_the_addresses_of_its_network()
    {
        var address = new InterfaceAddress(Wired.ServerAddress, 24);
        Assert.True(address.Contains(Wired.ServerAddress + 254));
        Assert.False(address.Contains(Wired.ServerAddress + 255));
        Assert.True(new InterfaceAddress(0, 0).Contains(0xFFFF_FFFF));
        Assert.False(new InterfaceAddress(1, 32).Contains(2));
    }
}
