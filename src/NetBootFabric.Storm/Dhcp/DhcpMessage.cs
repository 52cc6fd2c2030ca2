using System.Buffers.Binary;
using System.Text;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Storm.Dhcp;

/// <summary>The client's messages, option for option as the firmware sends them.</summary>
internal static class DhcpMessage
{
    /// <returns>Octets of the message.</returns>
    public static int Discover(Span<byte> buffer, DhcpManner manner, MacAddress mac, uint xid, ushort secs)
    {
        var writer = Begin(buffer, manner, mac, xid, secs, DhcpMessageType.Discover);
        return Finish(ref writer);
    }

    /// <inheritdoc cref="Discover"/>
    public static int Request(Span<byte> buffer, DhcpManner manner, MacAddress mac, uint xid, ushort secs, Lease offer)
    {
        var writer = Begin(buffer, manner, mac, xid, secs, DhcpMessageType.Request);
        writer.Add(DhcpOptions.ServerIdentifier, offer.Server);
        writer.Add(DhcpOptions.RequestedAddress, offer.Address);
        return Finish(ref writer);
    }

    private static DhcpWriter Begin(Span<byte> buffer, DhcpManner manner, MacAddress mac, uint xid, ushort secs, DhcpMessageType type)
    {
        var writer = new DhcpWriter(buffer, DhcpOp.Request)
        {
            Xid = xid,
            Secs = secs,
            Flags = manner.Broadcast ? DhcpPacket.BroadcastFlag : (ushort)0,
            Chaddr = mac,
        };
        writer.Add(DhcpOptions.MessageType, type);
        writer.Add(DhcpOptions.MaximumMessageSize, type == DhcpMessageType.Request ? manner.RequestMessageSize : manner.MessageSize);
        if (manner.Architecture is { } architecture) AddMachine(ref writer, manner, architecture);
        AddVendor(ref writer, manner);
        if (manner.IpxeFeatures is { } features)
        {
            writer.AddOctets(DhcpOptions.UserClass.Code, "iPXE"u8);
            writer.AddOctets(DhcpOptions.Ipxe.Code, features);
        }
        writer.Add(DhcpOptions.ParameterRequestList, manner.Wanted);
        AddIdentity(ref writer, manner, mac);
        return writer;
    }

    private static void AddMachine(ref DhcpWriter writer, DhcpManner manner, ClientArchitecture architecture)
    {
        Span<byte> octets = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(octets, (ushort)architecture);
        writer.AddOctets(DhcpOptions.ClientArchitecture.Code, octets);
        writer.AddOctets(DhcpOptions.NetworkInterface.Code, [1, manner.Undi.Major, manner.Undi.Minor]);
    }

    private static void AddVendor(ref DhcpWriter writer, DhcpManner manner)
    {
        Span<byte> vendor = stackalloc byte[64];
        writer.AddOctets(DhcpOptions.VendorClass.Code, vendor[..Encoding.ASCII.GetBytes(manner.VendorClass, vendor)]);
    }

    private static void AddIdentity(ref DhcpWriter writer, DhcpManner manner, MacAddress mac)
    {
        Span<byte> identity = stackalloc byte[17]; // 17 = 1 type + 16 UUID, whose last six octets are the MAC address
        identity.Clear();
        mac.Write(identity[11..]);
        if (manner.Architecture is not null) writer.AddOctets(DhcpOptions.MachineIdentifier.Code, identity);
        if (!manner.HasClientIdentifier) return;
        identity[0] = 1; // hardware type Ethernet
        mac.Write(identity[1..]);
        writer.AddOctets(DhcpOptions.ClientIdentifier.Code, identity[..7]);
    }

    private static int Finish(ref DhcpWriter writer) => writer.TryFinish(out var length) ? length : 0;
}
