using System.Buffers.Binary;
using System.Text;

namespace NetBootFabric.Wire.Dhcp;

/// <summary>
/// Writes one DHCP message into the caller's buffer. First the fixed fields and names, then the options, then <see cref="TryFinish"/>.
/// What does not fit never throws: it makes <see cref="TryFinish"/> false. Options go to file and sname when the options field is full
/// (option 52, RFC 2132 §9.3) and are split when they are longer than 255 octets or find no room in one piece (RFC 3396 §6).
/// </summary>
public ref partial struct DhcpWriter
{
    /// <summary>RFC 2132 §9.10: what every client takes.</summary>
    private const int MinimumDatagram = 576;
    /// <summary>28 = 20 IPv4 header + 8 UDP header: option 57 counts the datagram, the writer the message.</summary>
    private const int DatagramHeaders = 28;

    private readonly Span<byte> _buffer;
    private ReadOnlySpan<byte> _relayInformation;
    private DhcpFields _fields;
    private bool _failed;

    /// <param name="buffer">At least 300 octets; the message is no longer than this.</param>
    /// <param name="op">Client or server.</param>
    /// <param name="limit">The longest message in octets that the receiver takes.</param>
    public DhcpWriter(Span<byte> buffer, DhcpOp op, int limit = int.MaxValue)
    {
        _failed = Math.Min(buffer.Length, limit) < DhcpLayout.MinimumMessage;
        if (_failed) return;
        _buffer = buffer[..Math.Min(buffer.Length, limit)];
        _buffer[..DhcpLayout.Options].Clear();
        _buffer[DhcpLayout.Op] = (byte)op;
        BinaryPrimitives.WriteUInt32BigEndian(_buffer[DhcpLayout.Cookie..], DhcpLayout.MagicCookie);
        _fields = new DhcpFields(_buffer.Length);
    }

    /// <summary>
    /// An answer to the client: htype, hlen, xid, flags, giaddr and chaddr are the request's (RFC 2131 table 3), its option 57 is the limit, 576 octets
    /// without one. Option 82 is echoed as the last option and never lands in file or sname (RFC 3046 §2.2).
    /// </summary>
    public static DhcpWriter ReplyTo(scoped in DhcpPacket request, Span<byte> buffer)
    {
        var writer = new DhcpWriter(buffer, DhcpOp.Reply, MessageLimit(request));
        if (writer._failed) return writer;
        request.Octets.Slice(DhcpLayout.Htype, 2).CopyTo(writer._buffer[DhcpLayout.Htype..]); // htype and hlen
        writer.Xid = request.Xid;
        writer.Flags = request.Flags;
        writer.Giaddr = request.Giaddr;
        request.ChaddrField.CopyTo(writer._buffer[DhcpLayout.Chaddr..]);
        if (request.TryGetOctets(DhcpLayout.RelayInformationCode, out var relay)) writer.EchoRelayInformation(relay);
        return writer;
    }

    /// <summary>The octets of a message that this client takes.</summary>
    public static int MessageLimit(scoped in DhcpPacket request)
    {
        var datagram = request.TryGet(DhcpOptions.MaximumMessageSize, out var size) ? Math.Max((int)size, MinimumDatagram) : MinimumDatagram;
        return datagram - DatagramHeaders;
    }

    /// <summary>Adds an option that must be in the message; when it does not fit there is no message.</summary>
    public void Add<T>(DhcpOption<T> option, scoped T value) where T : allows ref struct
    {
        if (!TryAdd(option, value)) _failed = true;
    }

    /// <summary>Adds an option when there is room for it and leaves it out otherwise.</summary>
    public bool TryAdd<T>(DhcpOption<T> option, scoped T value) where T : allows ref struct
    {
        var octets = option.Encode(value, stackalloc byte[DhcpOption<T>.EncodeScratch]);
        return option.Fits(octets.Length) && TryAddOctets(option.Code, octets);
    }

    /// <summary>As UTF-8, which is ASCII for names and URLs.</summary>
    public void Add(TextOption option, scoped ReadOnlySpan<char> text)
    {
        Span<byte> octets = stackalloc byte[LongestText];
        if (!Encoding.UTF8.TryGetBytes(text, octets, out var length)) _failed = true;
        else Add(option, octets[..length]);
    }

    public void Add(AddressListOption option, scoped ReadOnlySpan<Ipv4Address> addresses)
    {
        Span<byte> octets = stackalloc byte[LongestText];
        if (addresses.Length > octets.Length / Ipv4Address.Size)
        {
            _failed = true;
            return;
        }
        for (var i = 0; i < addresses.Length; i++) addresses[i].Write(octets[(i * Ipv4Address.Size)..]);
        Add(option, new Ipv4AddressList(octets[..(addresses.Length * Ipv4Address.Size)]));
    }

    /// <summary>Adds octets under any code but pad, end and overload, which the writer sets itself.</summary>
    public void AddOctets(byte code, scoped ReadOnlySpan<byte> octets)
    {
        if (!TryAddOctets(code, octets)) _failed = true;
    }

    /// <summary>Adds octets when there is room for them and leaves them out otherwise.</summary>
    public bool TryAddOctets(byte code, scoped ReadOnlySpan<byte> octets)
    {
        if (_failed || code is DhcpLayout.Pad or DhcpLayout.End or DhcpLayout.OverloadCode) return false;
        return code == DhcpLayout.RelayInformationCode
            ? _fields.TryAddUnmoved(_buffer, code, octets)
            : _fields.TryAdd(_buffer, code, octets);
    }

    /// <summary>Ends the message and pads it to 300 octets. False, and no message, when something did not fit.</summary>
    /// <param name="length">Octets of the message.</param>
    public bool TryFinish(out int length)
    {
        length = 0;
        if (_failed) return false;
        length = _fields.Finish(_buffer, _relayInformation);
        return true;
    }

    /// <summary>Longest text or list in one option: more than any message of an Ethernet frame holds.</summary>
    private const int LongestText = 1024;

    /// <summary>
    /// Keeps room for option 82, to be written last; before the options. Without room for a full echo the answer goes without it (RFC 3046 §2.2).
    /// </summary>
    /// <param name="octets">Unchanged until <see cref="TryFinish"/>.</param>
    public void EchoRelayInformation(ReadOnlySpan<byte> octets)
    {
        if (_failed || octets.IsEmpty) return;
        if (_fields.TryKeepRoom(octets.Length)) _relayInformation = octets;
    }
}
