using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Dhcp.Tests.Codec;
using NetBootFabric.Dhcp.Tests.Server;
using NetBootFabric.Wire;

namespace NetBootFabric.Dhcp.Tests.Field;

/// <summary>Packets as octets in, the answers' octets out: reader, decision and writer together, as the field's cases are written down.</summary>
internal sealed class FieldPackets(Room? room = null)
{
    private const int Ciaddr = 12, Yiaddr = 16, Siaddr = 20, File = 108, FileSize = 128, Options = 240;

    private readonly RoomDirectory _fabric = new(room ?? RoomDirectory.Room);

    public static byte[] Hex(string octets) => Convert.FromHexString(octets.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>Options 60, 93 and 94, as firmware of that architecture sends them.</summary>
    public static string Pxe(int architecture) =>
        $"3c20{Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes($"PXEClient:Arch:{architecture:00000}:UNDI:003000"))} 5d02{architecture:x4} 5e03010300";

    /// <summary>A BOOTREQUEST of 300 octets with these options, in hexadecimal.</summary>
    public static byte[] Packet(string options, string own = "0.0.0.0", string relay = "0.0.0.0", string mac = "525400aa0101", byte htype = 1, byte hlen = 6, ushort flags = 0)
    {
        var value = Hex(options);
        var octets = new byte[Math.Max(300, Options + value.Length + 1)];
        (octets[0], octets[1], octets[2]) = (1, htype, hlen);
        Hex("4e420001").CopyTo(octets, 4); // xid
        octets[10] = (byte)(flags >> 8);
        Ipv4Address.Parse(own).Write(octets.AsSpan(Ciaddr));
        Ipv4Address.Parse(relay).Write(octets.AsSpan(24)); // giaddr
        Hex(mac).CopyTo(octets, 28); // chaddr
        Hex("63825363").CopyTo(octets, 236);
        value.CopyTo(octets, Options);
        octets[Options + value.Length] = 255;
        return octets;
    }

    /// <summary>Null: no answer.</summary>
    public byte[]? Send(byte[] packet, Ingress? ingress = null) => Answer(packet, ingress) is { } answer ? Packets.Write(answer) : null;

    public DhcpAnswer? Answer(byte[] packet, Ingress? ingress = null)
    {
        Assert.True(Wire.Dhcp.DhcpPacket.TryParse(packet, new byte[packet.Length], out var parsed, out _));
        return new InquiryReader().TryRead(parsed, ingress ?? Packets.Here, out var inquiry, out _) ? _fabric.Answer(inquiry, out _) : null;
    }

    public static byte Type(byte[] packet) => Option(packet, 53)![0];
    public static Ipv4Address Offered(byte[] packet) => Ipv4Address.Read(packet.AsSpan(Yiaddr));
    public static Ipv4Address NextServer(byte[] packet) => Ipv4Address.Read(packet.AsSpan(Siaddr));

    /// <summary>siaddr and file, octet by octet.</summary>
    public static string BootFields(byte[] packet) => Convert.ToHexString(packet.AsSpan(Siaddr, 4)) + Convert.ToHexString(packet.AsSpan(File, FileSize));

    public static string BootFile(byte[] packet) => System.Text.Encoding.ASCII.GetString(packet.AsSpan(File, FileSize)).TrimEnd('\0');

    /// <summary>Null: it is not there.</summary>
    public static byte[]? Option(byte[] packet, byte code)
    {
        for (var at = Options; packet[at] != 255; at += 2 + packet[at + 1])
            if (packet[at] == code) return packet[(at + 2)..(at + 2 + packet[at + 1])];
        return null;
    }

    /// <summary>A REQUEST's options 50 and 54 for what was offered.</summary>
    public static string Taking(byte[] offer) => $"3204{Convert.ToHexString(offer.AsSpan(Yiaddr, 4))} 3604{Convert.ToHexString(Option(offer, 54)!)}";
}
