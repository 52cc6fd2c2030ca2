using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Messages;

/// <summary>
/// Fields one after the other, without names: whole numbers as LEB128 (7 bits an octet, low ones first, bit 7: more follows), signed ones zigzag-coded
/// before that; texts as UTF-8 after their length; times in UTC ticks. <see cref="FieldReader"/> reads them.
/// </summary>
internal readonly struct FieldWriter(ArrayBufferWriter<byte> output)
{
    /// <summary>10 = 64 bits / 7, rounded up.</summary>
    private const int LongestNumber = 10;

    public void Number(ulong value)
    {
        var octets = output.GetSpan(LongestNumber);
        var length = 0;
        for (; value >= 0x80; value >>= 7) octets[length++] = (byte)(value | 0x80);
        octets[length++] = (byte)value;
        output.Advance(length);
    }

    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    public void Flag(bool value) => Number(value ? 1u : 0);

    public void Address(Ipv4Address value) => Fixed32(value.Value);

    /// <summary>For numbers whose high bits are set as often as not: an xid.</summary>
    public void Fixed32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(output.GetSpan(sizeof(uint)), value);
        output.Advance(sizeof(uint));
    }

    public void Text(string value)
    {
        var octets = Encoding.UTF8.GetByteCount(value);
        Number((uint)octets);
        Encoding.UTF8.GetBytes(value, output.GetSpan(octets));
        output.Advance(octets);
    }

    public void Time(DateTimeOffset value) => Signed(value.UtcTicks);

    /// <summary>A time near <paramref name="origin"/> takes few octets.</summary>
    public void Time(DateTimeOffset value, DateTimeOffset origin) => Signed(value.UtcTicks - origin.UtcTicks);
}
