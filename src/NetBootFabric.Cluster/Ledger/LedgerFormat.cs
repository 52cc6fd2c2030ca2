using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.Serialization;

namespace NetBootFabric.Cluster.Ledger;

/// <summary>
/// Several clients' entries one behind the other, as a ledger's events and snapshots hold them: the MAC address in 8 octets and the entry's length in 4, little-endian, then the entry.
/// </summary>
internal static class LedgerFormat
{
    private const int Header = sizeof(ulong) + sizeof(int);

    public static void Add(ArrayBufferWriter<byte> pack, ulong mac, ReadOnlySpan<byte> entry)
    {
        var octets = pack.GetSpan(Header + entry.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(octets, mac);
        BinaryPrimitives.WriteInt32LittleEndian(octets[sizeof(ulong)..], entry.Length);
        entry.CopyTo(octets[Header..]);
        pack.Advance(Header + entry.Length);
    }

    /// <exception cref="SerializationException">The pack is cut short, or damaged.</exception>
    public static IEnumerable<(ulong Mac, ReadOnlyMemory<byte> Entry)> Read(ReadOnlyMemory<byte> pack)
    {
        while (!pack.IsEmpty)
        {
            var length = pack.Length < Header ? -1 : BinaryPrimitives.ReadInt32LittleEndian(pack.Span[sizeof(ulong)..]);
            if (length < 0 || length > pack.Length - Header) throw new SerializationException("a ledger's entries are damaged or cut short");
            yield return (BinaryPrimitives.ReadUInt64LittleEndian(pack.Span), pack.Slice(Header, length));
            pack = pack[(Header + length)..];
        }
    }
}
