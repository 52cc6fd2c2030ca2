using System.Buffers.Binary;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Ip;
using NetBootFabric.Wire.Ndp;

namespace NetBootFabric.Fuzz;

internal static class NdpTarget
{
    private const int Checksum = Ipv6Packet.HeaderSize + 2;

    /// <summary>Once as it comes, and once with a right checksum, without which little else would be looked at.</summary>
    public static void Feed(byte[] input)
    {
        Read(input);
        if (!Ipv6Packet.TryParse(input, out var packet, out var refusal))
        {
            Assert.NotEqual(FrameRefusal.None, refusal);
            return;
        }
        Assert.InRange(packet.Payload.Length, 0, input.Length - Ipv6Packet.HeaderSize);
        if (packet.Payload.Length < 4) return;
        BinaryPrimitives.WriteUInt16BigEndian(input.AsSpan(Checksum), 0);
        BinaryPrimitives.WriteUInt16BigEndian(input.AsSpan(Checksum), Ipv6Packet.Checksum(packet.Payload, packet.Source, packet.Destination, Ipv6Packet.Icmpv6));
        Read(input);
    }

    public static byte[] Advertisement()
    {
        var frame = new byte[RouterAdvertisement.FrameSize];
        var source = Ipv6Address.LinkLocal(new MacAddress(0x5254_0077_00FE));
        Assert.True(new RouterAdvertisement { Lifetime = 1800, HopLimit = 64 }.TryWriteFrame(frame, default, default, source, Ipv6Address.AllNodes));
        return frame[14..];
    }

    /// <summary>What is taken is written to a packet that is taken again, and means the same.</summary>
    private static void Read(byte[] input)
    {
        var frame = new byte[RouterSolicitation.LargestFrame];
        if (RouterSolicitation.TryParse(input, out var solicitation, out var refused))
        {
            Assert.True(solicitation.TryWriteFrame(frame, default, out var length));
            Assert.True(RouterSolicitation.TryParse(frame.AsSpan(14..length), out var again, out _));
            Assert.Equal(solicitation, again);
        }
        else Assert.NotEqual(NdpRefusal.None, refused);
        if (RouterAdvertisement.TryParse(input, out var advertisement, out refused))
        {
            Assert.True(advertisement.TryWriteFrame(frame, default, default, Ipv6Address.LinkLocal(default), Ipv6Address.AllNodes));
            Assert.True(RouterAdvertisement.TryParse(frame.AsSpan(14..RouterAdvertisement.FrameSize), out var again, out _));
            Assert.Equal(advertisement, again);
        }
        else Assert.NotEqual(NdpRefusal.None, refused);
    }
}
