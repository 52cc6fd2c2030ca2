using System.Buffers.Binary;
using NetBootFabric.Wire;

namespace NetBootFabric.Sockets.Tests;

public sealed class PacketSocketTests
{
    [Fact]
    public void A_frame_reaches_a_mac_address_without_arp()
    {
        using var wire = new Wired();
        using var sender = wire.Server.Run(() => PacketSocket.Open(new PacketSocketOptions { InterfaceIndex = wire.ServerIndex }));
        using var client = wire.Client.Run(() => PacketSocket.Open(new PacketSocketOptions { InterfaceIndex = wire.ClientIndex, EtherType = 0x0800 }));
        var frame = FrameOf(Wired.ClientMac, Wired.ServerMac, 0x0800, [1, 2, 3]);

        Assert.Equal(Errno.None, sender.Send(frame));
        var batch = new FrameBatch();
        Assert.Equal(1, client.Receive(batch, Loopback.Limit));
        Assert.Equal(frame, batch[0].Bytes[..frame.Length].ToArray());
        Assert.Equal(PacketKind.Host, batch[0].Kind);
        Assert.Equal(wire.ClientIndex, batch[0].InterfaceIndex);
    }

    [Fact]
    public void The_arp_filter_passes_ipv4_arp_alone()
    {
        using var wire = new Wired();
        using var sender = wire.Server.Run(() => PacketSocket.Open(new PacketSocketOptions { InterfaceIndex = wire.ServerIndex }));
        using var listener = wire.Client.Run(() => PacketSocket.Open(new PacketSocketOptions
        {
            InterfaceIndex = wire.ClientIndex,
            EtherType = 3, // everything, so that the filter alone decides
            Filter = PacketFilter.Arp,
        }));
        var arp = Convert.FromHexString("0001080006040001");
        var noEthernet = Convert.FromHexString("0006080006040001");
        var noIpv4 = Convert.FromHexString("000186dd06040001");
        var longAddresses = Convert.FromHexString("0001080008040001");
        foreach (var (type, head) in new[] { (0x0800, arp), (0x0806, noEthernet), (0x0806, noIpv4), (0x0806, longAddresses), (0x0806, arp[..4]), (0x0806, arp) })
            Assert.Equal(Errno.None, sender.Send(FrameOf(0xFFFF_FFFF_FFFF, Wired.ServerMac, (ushort)type, head)));

        var batch = new FrameBatch();
        Assert.Equal(1, listener.Receive(batch, Loopback.Limit));
        Assert.Equal(arp, batch[0].Bytes.Slice(14, 8).ToArray());
        Assert.Equal(PacketKind.Broadcast, batch[0].Kind);
        Assert.Equal(0, listener.Receive(batch, TimeSpan.Zero));
    }

    [Fact]
    public void The_solicitation_filter_passes_router_solicitations_alone()
    {
        using var wire = new Wired();
        using var sender = wire.Server.Run(() => PacketSocket.Open(new PacketSocketOptions { InterfaceIndex = wire.ServerIndex }));
        using var listener = wire.Client.Run(() => PacketSocket.Open(new PacketSocketOptions
        {
            InterfaceIndex = wire.ClientIndex,
            EtherType = 3, // everything, so that the filter alone decides
            Filter = PacketFilter.RouterSolicitation,
        }));
        foreach (var (type, next, message) in new[] { (0x0800, 58, 133), (0x86DD, 17, 133), (0x86DD, 58, 134), (0x86DD, 58, 133) })
            Assert.Equal(Errno.None, sender.Send(FrameOf(Wired.ClientMac, Wired.ServerMac, (ushort)type, Ipv6(next, message))));

        var batch = new FrameBatch();
        byte[] head;
        do
        {
            Assert.Equal(1, listener.Receive(batch, Loopback.Limit));
            head = batch[0].Bytes[..54].ToArray();
        }
        while (head[7] == 0x33); // the kernel's own question, to a group of IPv6
        Assert.Equal(FrameOf(Wired.ClientMac, Wired.ServerMac, 0x86DD, Ipv6(58, 133))[..54], head);
    }

    [Fact]
    public void A_group_is_joined_and_left_with_the_socket()
    {
        using var wire = new Wired();
        const string group = "33:33:00:00:00:02";
        Assert.DoesNotContain(group, wire.Client.Show("maddress show dev eth0"), StringComparison.Ordinal);
        using (wire.Client.Run(() => PacketSocket.OpenRouterSolicitations(wire.ClientIndex)))
            Assert.Contains(group, wire.Client.Show("maddress show dev eth0"), StringComparison.Ordinal);
        Assert.DoesNotContain(group, wire.Client.Show("maddress show dev eth0"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_socket_that_only_sends_hears_nothing()
    {
        using var wire = new Wired();
        using var silent = wire.Client.Run(() => PacketSocket.Open(new PacketSocketOptions { InterfaceIndex = wire.ClientIndex }));
        using var listener = wire.Client.Run(() => PacketSocket.Open(new PacketSocketOptions { InterfaceIndex = wire.ClientIndex, EtherType = 0x0806 }));
        using var sender = wire.Server.Run(() => PacketSocket.OpenArp(wire.ServerIndex));
        sender.Send(FrameOf(0xFFFF_FFFF_FFFF, Wired.ServerMac, 0x0806, []));

        Assert.Equal(1, listener.Receive(new FrameBatch(), Loopback.Limit));
        Assert.Equal(0, silent.Receive(new FrameBatch(), TimeSpan.Zero));
    }

    [Fact]
    public void Frames_that_found_the_queue_full_are_counted()
    {
        using var wire = new Wired();
        using var sender = wire.Server.Run(() => PacketSocket.OpenArp(wire.ServerIndex));
        using var listener = wire.Client.Run(() => PacketSocket.Open(new PacketSocketOptions { InterfaceIndex = wire.ClientIndex, EtherType = 0x0806, ReceiveBufferBytes = 4096 }));
        listener.TakeStatistics();
        const int sent = 100;
        for (var i = 0; i < sent; i++) sender.Send(FrameOf(0xFFFF_FFFF_FFFF, Wired.ServerMac, 0x0806, new byte[400]));

        var (batch, received) = (new FrameBatch(), 0);
        while (listener.Receive(batch, TimeSpan.Zero) is > 0 and var count) received += count;
        Assert.InRange(received, 1, sent - 1);
        Assert.Equal((sent, sent - received), listener.TakeStatistics());
        Assert.Equal((0, 0), listener.TakeStatistics());
    }

    [Fact]
    public void A_frame_without_a_header_is_refused()
    {
        using var wire = new Wired();
        using var sender = wire.Server.Run(() => PacketSocket.OpenArp(wire.ServerIndex));
        Assert.Equal(Errno.EINVAL, sender.Send(new byte[13]));
    }

    [Fact]
    public async Task A_wake_ends_a_receive_that_waits()
    {
        using var wire = new Wired();
        using var listener = wire.Client.Run(() => PacketSocket.OpenArp(wire.ClientIndex));
        var waiting = Task.Run(() => listener.Receive(new FrameBatch()));
        listener.Wake();
        Assert.Equal(0, await waiting.WaitAsync(Loopback.Limit));
    }

    private static byte[] Ipv6(int nextHeader, int message)
    {
        var packet = new byte[48];
        (packet[0], packet[6], packet[40]) = (0x60, (byte)nextHeader, (byte)message);
        return packet;
    }

    private static byte[] FrameOf(ulong to, ulong from, ushort type, ReadOnlySpan<byte> body)
    {
        var frame = new byte[14 + body.Length];
        new MacAddress(to).Write(frame);
        new MacAddress(from).Write(frame.AsSpan(6));
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), type);
        body.CopyTo(frame.AsSpan(14));
        return frame;
    }
}
