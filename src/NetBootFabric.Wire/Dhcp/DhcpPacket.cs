using System.Buffers.Binary;

namespace NetBootFabric.Wire.Dhcp;

/// <summary>
/// A view of one DHCP or BOOTP message (RFC 2131 §2, options per RFC 2132): the payload of the UDP datagram. Holds no copy: the octets
/// and the scratch must stay unchanged while the view is used.
/// </summary>
public readonly ref struct DhcpPacket
{
    public const ushort ServerPort = 67;
    public const ushort ClientPort = 68;
    /// <summary>Where PXE clients ask a proxyDHCP or boot server (PXE 2.1).</summary>
    public const ushort ProxyPort = 4011;
    /// <summary>The one flag of RFC 2131 §2: the client can't take unicast before it has its address.</summary>
    public const ushort BroadcastFlag = 0x8000;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly DhcpOptionIndex _index;

    private DhcpPacket(ReadOnlySpan<byte> bytes, scoped in DhcpOptionIndex index)
    {
        _bytes = bytes;
        _index = index;
    }

    /// <summary>
    /// Checks the fixed fields and that every option lies inside its field. Never throws. Options that come in several parts (RFC 3396)
    /// are joined in <paramref name="scratch"/>; as many octets as the packet has are always enough, and none are needed without such options.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, Span<byte> scratch, out DhcpPacket packet, out DhcpRefusal refusal)
    {
        packet = default;
        refusal = CheckHeader(bytes);
        if (refusal != DhcpRefusal.None) return false;
        refusal = DhcpOptionIndex.Build(bytes, scratch, out var index);
        if (refusal != DhcpRefusal.None) return false;
        packet = new DhcpPacket(bytes, index);
        return true;
    }

    /// <summary>As the other, for packets without options in several parts: those are refused.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out DhcpPacket packet, out DhcpRefusal refusal) =>
        TryParse(bytes, default, out packet, out refusal);

    public DhcpOp Op => (DhcpOp)_bytes[DhcpLayout.Op];
    public byte Htype => _bytes[DhcpLayout.Htype];
    public byte Hlen => _bytes[DhcpLayout.Hlen];
    public byte Hops => _bytes[DhcpLayout.Hops];
    public uint Xid => BinaryPrimitives.ReadUInt32BigEndian(_bytes[DhcpLayout.Xid..]);
    /// <summary>What the client calls seconds since it began; iPXE and others put other numbers here.</summary>
    public ushort Secs => BinaryPrimitives.ReadUInt16BigEndian(_bytes[DhcpLayout.Secs..]);
    public ushort Flags => BinaryPrimitives.ReadUInt16BigEndian(_bytes[DhcpLayout.Flags..]);
    public bool WantsBroadcast => (Flags & BroadcastFlag) != 0;
    public Ipv4Address Ciaddr => Ipv4Address.Read(_bytes[DhcpLayout.Ciaddr..]);
    public Ipv4Address Yiaddr => Ipv4Address.Read(_bytes[DhcpLayout.Yiaddr..]);
    public Ipv4Address Siaddr => Ipv4Address.Read(_bytes[DhcpLayout.Siaddr..]);
    public Ipv4Address Giaddr => Ipv4Address.Read(_bytes[DhcpLayout.Giaddr..]);

    /// <summary>True on Ethernet (htype 1, hlen 6): <see cref="Chaddr"/> is the client's MAC address.</summary>
    public bool HasMacAddress => Htype == DhcpLayout.HtypeEthernet;
    /// <summary>The first six octets of chaddr.</summary>
    public MacAddress Chaddr => MacAddress.Read(_bytes[DhcpLayout.Chaddr..]);
    /// <summary>All 16 octets of chaddr.</summary>
    public ReadOnlySpan<byte> ChaddrField => _bytes.Slice(DhcpLayout.Chaddr, DhcpLayout.ChaddrSize);

    /// <summary>The server host name up to its NUL; empty when the field holds options.</summary>
    public ReadOnlySpan<byte> Sname => _index.SnameHoldsOptions ? default : UpToNul(DhcpLayout.Sname, DhcpLayout.SnameSize);
    /// <summary>The boot file name up to its NUL; empty when the field holds options.</summary>
    public ReadOnlySpan<byte> File => _index.FileHoldsOptions ? default : UpToNul(DhcpLayout.File, DhcpLayout.FileSize);

    /// <summary>Option 53; <see cref="DhcpMessageType.None"/> for BOOTP. Numbers without a name are passed on.</summary>
    public DhcpMessageType MessageType => _index.MessageType;

    /// <summary>The whole message.</summary>
    public ReadOnlySpan<byte> Octets => _bytes;

    /// <summary>Every option in the order of RFC 2131 §4.1, parts one by one, without pad and end.</summary>
    public DhcpOptionEnumerator Options => _index.Walk(_bytes);

    /// <summary>True when the option is there, well formed or not.</summary>
    public bool Contains(byte code) => _index.Contains(code);

    /// <summary>The option's octets, its parts joined.</summary>
    public bool TryGetOctets(byte code, out ReadOnlySpan<byte> octets) => _index.TryFind(_bytes, code, out octets);

    /// <summary>The option's value; false when it is absent or its octets don't make one.</summary>
    public bool TryGet<T>(DhcpOption<T> option, out T value) where T : allows ref struct
    {
        if (TryGetOctets(option.Code, out var octets)) return option.TryRead(octets, out value);
        value = default!;
        return false;
    }

    private static DhcpRefusal CheckHeader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < DhcpLayout.Options) return DhcpRefusal.TooShort;
        if (BinaryPrimitives.ReadUInt32BigEndian(bytes[DhcpLayout.Cookie..]) != DhcpLayout.MagicCookie) return DhcpRefusal.NoMagicCookie;
        if (bytes[DhcpLayout.Op] is not ((byte)DhcpOp.Request or (byte)DhcpOp.Reply)) return DhcpRefusal.BadOp;
        var hlen = bytes[DhcpLayout.Hlen];
        var fits = bytes[DhcpLayout.Htype] == DhcpLayout.HtypeEthernet ? hlen == MacAddress.Size : hlen <= DhcpLayout.ChaddrSize;
        return fits ? DhcpRefusal.None : DhcpRefusal.BadHardwareLength;
    }

    private ReadOnlySpan<byte> UpToNul(int offset, int size)
    {
        var field = _bytes.Slice(offset, size);
        var nul = field.IndexOf((byte)0);
        return nul < 0 ? field : field[..nul];
    }
}
