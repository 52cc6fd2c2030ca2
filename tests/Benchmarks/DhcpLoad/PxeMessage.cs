using System.Buffers.Binary;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Benchmarks.DhcpLoad;

/// <summary>A DISCOVER or REQUEST of a BIOS PXE ROM behind a relay agent, written once; each client fills in what is its own.</summary>
internal sealed class PxeMessage
{
    // Offsets of the fixed fields (RFC 2131 figure 1).
    private const int Xid = 4, Chaddr = 28;

    private static ReadOnlySpan<byte> Wanted => [1, 2, 3, 4, 5, 6, 11, 12, 13, 15, 16, 17, 18, 43, 54, 60, 66, 67, 128, 129, 130, 131, 132, 133, 134, 135];

    private readonly byte[] _octets;
    private readonly int _machine, _server, _address;

    public PxeMessage(DhcpMessageType type, Ipv4Address relay)
    {
        Span<byte> buffer = stackalloc byte[600];
        var writer = new DhcpWriter(buffer, DhcpOp.Request) { Xid = 1, Hops = 1, Giaddr = relay, Chaddr = new MacAddress(1), Flags = DhcpPacket.BroadcastFlag };
        writer.Add(DhcpOptions.MessageType, type);
        writer.Add(DhcpOptions.MaximumMessageSize, (ushort)1472);
        if (type == DhcpMessageType.Request)
        {
            writer.Add(DhcpOptions.ServerIdentifier, Ipv4Address.Any);
            writer.Add(DhcpOptions.RequestedAddress, Ipv4Address.Any);
        }
        writer.AddOctets(DhcpOptions.ClientArchitecture.Code, [0, 0]);
        writer.AddOctets(DhcpOptions.NetworkInterface.Code, [1, 2, 1]);
        writer.AddOctets(DhcpOptions.VendorClass.Code, "PXEClient:Arch:00000:UNDI:002001"u8);
        writer.AddOctets(DhcpOptions.ParameterRequestList.Code, Wanted);
        writer.AddOctets(DhcpOptions.MachineIdentifier.Code, stackalloc byte[17]);
        if (!writer.TryFinish(out var length)) throw new InvalidOperationException("600 octets hold a PXE request");
        _octets = buffer[..length].ToArray();
        _machine = OffsetOf(DhcpOptions.MachineIdentifier.Code) + 11; // 11 = 1 type + 10: the last six octets of a UUID are the MAC address
        _server = OffsetOf(DhcpOptions.ServerIdentifier.Code);
        _address = OffsetOf(DhcpOptions.RequestedAddress.Code);
    }

    /// <summary>Valid until the next call.</summary>
    public ReadOnlySpan<byte> For(uint xid, MacAddress mac, Ipv4Address server = default, Ipv4Address address = default)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_octets.AsSpan(Xid), xid);
        mac.Write(_octets.AsSpan(Chaddr));
        mac.Write(_octets.AsSpan(_machine));
        if (_server > 0) server.Write(_octets.AsSpan(_server));
        if (_address > 0) address.Write(_octets.AsSpan(_address));
        return _octets;
    }

    /// <summary>Where the option's value begins; 0 when the message has none.</summary>
    private int OffsetOf(byte code)
    {
        DhcpPacket.TryParse(_octets, out var packet, out _);
        if (!packet.TryGetOctets(code, out var value)) return 0;
        _octets.AsSpan().Overlaps(value, out var offset);
        return offset;
    }
}
