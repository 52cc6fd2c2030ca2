using System.Buffers.Binary;

namespace NetBootFabric.Wire.Dhcp;

/// <summary>The fixed fields (RFC 2131 §2). They start as zero.</summary>
public ref partial struct DhcpWriter
{
    public byte Hops { set => SetByte(DhcpLayout.Hops, value); }
    public uint Xid { set => SetUInt32(DhcpLayout.Xid, value); }
    public ushort Secs { set => SetUInt16(DhcpLayout.Secs, value); }
    public ushort Flags { set => SetUInt16(DhcpLayout.Flags, value); }
    public Ipv4Address Ciaddr { set => SetUInt32(DhcpLayout.Ciaddr, value.Value); }
    public Ipv4Address Yiaddr { set => SetUInt32(DhcpLayout.Yiaddr, value.Value); }
    public Ipv4Address Siaddr { set => SetUInt32(DhcpLayout.Siaddr, value.Value); }
    public Ipv4Address Giaddr { set => SetUInt32(DhcpLayout.Giaddr, value.Value); }

    /// <summary>Sets htype to Ethernet, hlen to 6 and the first six octets of chaddr.</summary>
    public MacAddress Chaddr
    {
        set
        {
            if (_failed) return;
            _buffer[DhcpLayout.Htype] = DhcpLayout.HtypeEthernet;
            _buffer[DhcpLayout.Hlen] = MacAddress.Size;
            value.Write(_buffer[DhcpLayout.Chaddr..]);
        }
    }

    /// <summary>The server host name, at most 63 octets; before the options, since those may take the field.</summary>
    public void SetSname(scoped ReadOnlySpan<byte> name)
    {
        if (_failed || !_fields.TryTakeSname(name.Length)) _failed = true;
        else name.CopyTo(_buffer[DhcpLayout.Sname..]);
    }

    /// <summary>
    /// The boot file name, at most 127 octets; before the options, since those may take the field. Longer names go to
    /// <see cref="DhcpOptions.BootFileName"/>.
    /// </summary>
    public void SetFile(scoped ReadOnlySpan<byte> name)
    {
        if (_failed || !_fields.TryTakeFile(name.Length)) _failed = true;
        else name.CopyTo(_buffer[DhcpLayout.File..]);
    }

    private readonly void SetByte(int offset, byte value)
    {
        if (!_buffer.IsEmpty) _buffer[offset] = value;
    }

    private readonly void SetUInt16(int offset, ushort value)
    {
        if (!_buffer.IsEmpty) BinaryPrimitives.WriteUInt16BigEndian(_buffer[offset..], value);
    }

    private readonly void SetUInt32(int offset, uint value)
    {
        if (!_buffer.IsEmpty) BinaryPrimitives.WriteUInt32BigEndian(_buffer[offset..], value);
    }
}
