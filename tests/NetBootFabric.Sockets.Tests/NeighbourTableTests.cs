namespace NetBootFabric.Sockets.Tests;

public sealed class NeighbourTableTests
{
    private const ulong OtherMac = 0x0200_0000_09FF;

    [Fact]
    public void An_entry_is_set_overwritten_and_deleted()
    {
        using var wire = new Wired();
        using var table = wire.Server.Run(() => new NeighbourTable());
        Assert.Equal(Errno.None, table.Set(wire.ServerIndex, Wired.ClientAddress, OtherMac, NeighbourState.Reachable));
        Assert.Equal([new NeighbourEntry(wire.ServerIndex, Wired.ClientAddress, OtherMac, NeighbourState.Reachable)], Dump(table, wire.ServerIndex));

        Assert.Equal(Errno.None, table.Set(wire.ServerIndex, Wired.ClientAddress, Wired.ClientMac, NeighbourState.Stale));
        Assert.Equal([new NeighbourEntry(wire.ServerIndex, Wired.ClientAddress, Wired.ClientMac, NeighbourState.Stale)], Dump(table, wire.ServerIndex));

        Assert.Equal(Errno.None, table.Delete(wire.ServerIndex, Wired.ClientAddress));
        Assert.DoesNotContain(Dump(table, wire.ServerIndex), entry => entry.State != NeighbourState.Failed);
    }

    [Fact]
    public void With_an_entry_a_datagram_reaches_a_client_that_answers_no_arp()
    {
        using var wire = new Wired();
        using var table = wire.Server.Run(() => new NeighbourTable());
        using var server = wire.Server.Run(() => DatagramSocket.Open(new DatagramSocketOptions()));
        using var client = wire.Client.Run(() => PacketSocket.Open(new PacketSocketOptions { InterfaceIndex = wire.ClientIndex, EtherType = 0x0800 }));
        table.Set(wire.ServerIndex, Wired.ClientAddress, Wired.ClientMac, NeighbourState.Reachable);
        Assert.Equal(Errno.None, server.SendTo([7], new UdpEndpoint(Wired.ClientAddress, 68)));

        var batch = new FrameBatch();
        Assert.Equal(1, client.Receive(batch, Loopback.Limit));
        Assert.Equal(7, batch[0].Bytes[14 + 20 + 8]);
    }

    [Fact]
    public void The_kernel_says_why_as_a_value()
    {
        using var wire = new Wired();
        using var table = wire.Server.Run(() => new NeighbourTable());
        Assert.Equal(Errno.ENODEV, table.Set(9999, Wired.ClientAddress, OtherMac, NeighbourState.Stale));
        Assert.Equal(Errno.ENOENT, table.Delete(wire.ServerIndex, Wired.ClientAddress));
        Assert.Equal(Errno.None, table.Set(wire.ServerIndex, Wired.ClientAddress, OtherMac, NeighbourState.Stale)); // and goes on
        table.Dispose();
        Assert.Equal(Errno.Closed, table.Set(wire.ServerIndex, Wired.ClientAddress, OtherMac, NeighbourState.Stale));
    }

    [Fact]
    public void A_dump_of_many_entries_is_complete()
    {
        using var wire = new Wired();
        using var table = wire.Server.Run(() => new NeighbourTable());
        const int count = 500; // several buffers full
        for (uint i = 0; i < count; i++) Assert.Equal(Errno.None, table.Set(wire.ServerIndex, Wired.ClientAddress + (i << 8), OtherMac + i, NeighbourState.Permanent));

        var entries = Dump(table, wire.ServerIndex).ToDictionary(entry => entry.Address);
        Assert.Equal(count, entries.Count);
        for (uint i = 0; i < count; i++) Assert.Equal(OtherMac + i, entries[Wired.ClientAddress + (i << 8)].Mac);
    }

    private static List<NeighbourEntry> Dump(NeighbourTable table, int interfaceIndex)
    {
        var entries = new List<NeighbourEntry>();
        Assert.Equal(Errno.None, table.Dump(interfaceIndex, entries));
        return entries;
    }
}
