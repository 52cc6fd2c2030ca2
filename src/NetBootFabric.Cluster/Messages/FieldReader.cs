using System.Buffers.Binary;
using System.Runtime.Serialization;
using System.Text;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Messages;

/// <summary>Reads what <see cref="FieldWriter"/> wrote.</summary>
/// <exception cref="SerializationException">From every method: the octets end too early, or say what can't be.</exception>
internal ref struct FieldReader(ReadOnlySpan<byte> octets)
{
    private ReadOnlySpan<byte> _rest = octets;

    /// <summary>True when nothing is left: an older release wrote no more.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    public ulong Number()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var octet = Take(1)[0];
            value |= (ulong)(octet & 0x7F) << shift;
            if (octet < 0x80) return value;
        }
        throw new SerializationException("a number has more than 64 bits");
    }

    public long Signed()
    {
        var value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public int Int() => Signed() is >= int.MinValue and <= int.MaxValue and var value ? (int)value : throw Damaged();

    /// <summary>How many of something follow: never more than octets do, so that a damaged number makes no giant array.</summary>
    public int Count()
    {
        var count = Number();
        return count <= (uint)_rest.Length ? (int)count : throw Damaged();
    }

    public bool Flag() => Number() != 0;

    public Ipv4Address Address() => new(Fixed32());

    public uint Fixed32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    public string Text() => Encoding.UTF8.GetString(Take(Count()));

    public DateTimeOffset Time() => At(Signed());

    public DateTimeOffset Time(DateTimeOffset origin) => At(unchecked(origin.UtcTicks + Signed()));

    private static DateTimeOffset At(long ticks) =>
        ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks ? new DateTimeOffset(ticks, TimeSpan.Zero) : throw Damaged();

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length) throw Damaged();
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private static SerializationException Damaged() => new("the stored fields are damaged or cut short");
}
