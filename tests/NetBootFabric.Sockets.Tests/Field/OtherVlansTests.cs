using System.Buffers.Binary;
using NetBootFabric.Wire;

namespace NetBootFabric.Sockets.Tests.Field;

/// <summary>A head node on a trunk port: the kernel takes the tags of other VLANs' frames out before sockets see them.</summary>
public sealed class OtherVlansTests
{
    private const ushort Trunk = 20, PriorityFive = 5 << 13; // IEEE 802.1Q: identifier 20; identifier 0 with priority 5
    private const ulong Everybody = 0xFFFF_FFFF_FFFF;
    private const byte Mark = 0xEE; // not what the kernels of the two ends say by themselves

    /// <summary>Each listener of a head node, with a frame that it is there for.</summary>
    public static TheoryData<string> Listeners => [.. Frames.Keys];

    private static readonly Dictionary<string, (Func<int, PacketSocket> Open, ushort Type, byte[] Body, ulong To)> Frames = new()
    {
        ["ARP"] = (PacketSocket.OpenArp, 0x0806, Convert.FromHexString("0001080006040001"), Everybody),
        ["answers of DHCP servers"] = (PacketSocket.OpenDhcpAnswers, 0x0800, DhcpAnswer(), Everybody),
        ["router solicitations"] = (PacketSocket.OpenRouterSolicitations, 0x86DD, Ipv6(133), 0x3333_0000_0002),
        ["router advertisements"] = (PacketSocket.OpenRouterAdvertisements, 0x86DD, Ipv6(134), 0x3333_0000_0001),
        ["the search for DHCP servers"] = (OpenSearch, 0x0800, DhcpAnswer(), Everybody),
    };

    [Theory]
    [MemberData(nameof(Listeners))]
    public void A_frame_of_another_vlan_is_not_heard_and_one_with_a_priority_alone_is(string listener)
    {
        using var wire = new Wired();
        var (open, type, body, to) = Frames[listener];
        using var ears = wire.Server.Run(() => open(wire.ServerIndex));
        using var sender = wire.Client.Run(() => PacketSocket.Open(new PacketSocketOptions { InterfaceIndex = wire.ClientIndex }));

        Assert.Equal(Errno.None, sender.Send(Tagged(to, Trunk, type, [.. body, 1])));
        Assert.Equal(Errno.None, sender.Send(Tagged(to, PriorityFive, type, [.. body, 2])));
        Assert.Equal(Errno.None, sender.Send(Plain(to, type, [.. body, 3])));

        Assert.Equal([2, 3], Heard(ears, body.Length, 2));
    }

    [Fact]
    public void What_is_for_another_host_is_heard_by_the_search_alone()
    {
        using var wire = new Wired();
        const ulong another = 0x0200_0000_0955;
        using var watcher = wire.Server.Run(() => PacketSocket.OpenDhcpAnswers(wire.ServerIndex));
        using var search = wire.Server.Run(() => OpenSearch(wire.ServerIndex));
        using var sender = wire.Client.Run(() => PacketSocket.Open(new PacketSocketOptions { InterfaceIndex = wire.ClientIndex }));
        var body = DhcpAnswer();

        sender.Send(Plain(another, 0x0800, [.. body, 1]));
        sender.Send(Tagged(another, Trunk, 0x0800, [.. body, 2]));
        sender.Send(Plain(Everybody, 0x0800, [.. body, 3]));

        Assert.Equal([1, 3], Heard(search, body.Length, 2));
        Assert.Equal([3], Heard(watcher, body.Length, 1));
    }

    private static PacketSocket OpenSearch(int index) =>
        PacketSocket.Open(new PacketSocketOptions { InterfaceIndex = index, EtherType = 3, Filter = PacketFilter.DhcpAnswersToAnybody, Promiscuous = true });

    /// <summary>The octets behind the body of the frames from the client that were heard; no more than so many are there.</summary>
    private static List<int> Heard(PacketSocket ears, int body, int count)
    {
        var (heard, batch) = (new List<int>(), new FrameBatch());
        while (heard.Count < count && ears.Receive(batch, Loopback.Limit) > 0) Take();
        ears.Receive(batch, TimeSpan.Zero);
        Take();
        return heard;

        void Take()
        {
            for (var i = 0; i < batch.Count; i++)
                if (batch[i].Kind != PacketKind.Outgoing && batch[i].Bytes[14 + body + 1] == Mark) heard.Add(batch[i].Bytes[14 + body]);
        }
    }

    private static byte[] Plain(ulong to, ushort type, byte[] body) =>
        [.. Octets(to), .. Octets(Wired.ClientMac), (byte)(type >> 8), (byte)type, .. body, Mark, .. new byte[40]];

    private static byte[] Tagged(ulong to, ushort tag, ushort type, byte[] body)
    {
        var plain = Plain(to, type, body);
        return [.. plain[..12], 0x81, 0x00, (byte)(tag >> 8), (byte)tag, .. plain[12..]];
    }

    private static byte[] Octets(ulong mac)
    {
        var octets = new byte[6];
        new MacAddress(mac).Write(octets);
        return octets;
    }

    private static byte[] DhcpAnswer()
    {
        var packet = new byte[28];
        (packet[0], packet[9]) = (0x45, 17);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(20), 67);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(22), 68);
        return packet;
    }

    private static byte[] Ipv6(byte message)
    {
        var packet = new byte[48];
        (packet[0], packet[6], packet[40]) = (0x60, 58, message);
        return packet;
    }
}
