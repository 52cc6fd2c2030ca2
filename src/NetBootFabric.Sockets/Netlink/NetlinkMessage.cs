using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetBootFabric.Sockets;

/// <summary>Writes one rtnetlink request into a buffer (netlink(7), rtnetlink(7)): a header, a fixed part, attributes, each aligned to four octets.</summary>
internal ref struct NetlinkMessage
{
    private readonly Span<byte> _buffer;
    private int _length;

    public NetlinkMessage(Span<byte> buffer, ushort type, ushort flags)
    {
        _buffer = buffer;
        _length = Unsafe.SizeOf<NetlinkHeader>();
        MemoryMarshal.Write(buffer, new NetlinkHeader { Type = type, Flags = (ushort)(flags | NetlinkFlag.Request) });
    }

    public void Fixed<T>(in T part) where T : unmanaged
    {
        MemoryMarshal.Write(_buffer[_length..], in part);
        _length += NetlinkAttributes.Aligned(Unsafe.SizeOf<T>());
    }

    public void Attribute(ushort type, scoped ReadOnlySpan<byte> value)
    {
        var length = Unsafe.SizeOf<AttributeHeader>() + value.Length;
        var room = _buffer.Slice(_length, NetlinkAttributes.Aligned(length));
        room.Clear();
        MemoryMarshal.Write(room, new AttributeHeader { Length = (ushort)length, Type = type });
        value.CopyTo(room[Unsafe.SizeOf<AttributeHeader>()..]);
        _length += room.Length;
    }

    public void Part<T>(ushort type, in T value) where T : unmanaged => Attribute(type, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    /// <summary>An IPv4 address, in network order as everywhere on the wire.</summary>
    public void Address(ushort type, uint address)
    {
        Span<byte> value = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(value, address);
        Attribute(type, value);
    }

    /// <summary>The finished message.</summary>
    public readonly Span<byte> Finish()
    {
        MemoryMarshal.Write(_buffer, _length);
        return _buffer[.._length];
    }
}

/// <summary>Walks the attributes behind the fixed part of a message.</summary>
internal ref struct NetlinkAttributes(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public ushort Type { get; private set; }
    public ReadOnlySpan<byte> Value { get; private set; }

    public bool MoveNext()
    {
        var headerSize = Unsafe.SizeOf<AttributeHeader>();
        if (_rest.Length < headerSize) return false;
        var header = MemoryMarshal.Read<AttributeHeader>(_rest);
        if (header.Length < headerSize || header.Length > _rest.Length) return false;
        Type = (ushort)(header.Type & 0x3FFF); // without the flags "nested" and "network order"
        Value = _rest[headerSize..header.Length];
        _rest = _rest[Math.Min(Aligned(header.Length), _rest.Length)..];
        return true;
    }

    public static int Aligned(int length) => (length + 3) & ~3;
}
