using System.Buffers.Binary;
using System.Text;

namespace NetBootFabric.Node.Tests.Telemetry;

/// <summary>A protobuf message, read by field numbers alone (protobuf.dev/programming-guides/encoding).</summary>
internal sealed class Protobuf
{
    private readonly List<(int Field, ulong Number, ReadOnlyMemory<byte> Bytes)> _fields = [];

    public Protobuf(ReadOnlyMemory<byte> message)
    {
        while (message.Length > 0)
        {
            var tag = Varint(ref message);
            var field = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    _fields.Add((field, Varint(ref message), default));
                    break;
                case 1:
                    _fields.Add((field, BinaryPrimitives.ReadUInt64LittleEndian(message.Span), default));
                    message = message[8..];
                    break;
                case 2:
                    var length = (int)Varint(ref message);
                    _fields.Add((field, 0, message[..length]));
                    message = message[length..];
                    break;
                case 5:
                    _fields.Add((field, BinaryPrimitives.ReadUInt32LittleEndian(message.Span), default));
                    message = message[4..];
                    break;
                default:
                    throw new InvalidDataException($"wire type {tag & 7}");
            }
        }
    }

    public IEnumerable<Protobuf> All(int field) => _fields.Where(each => each.Field == field).Select(each => new Protobuf(each.Bytes));

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    public string Hex(int field) => Convert.ToHexString(Bytes(field));

    public ulong Number(int field) => _fields.FirstOrDefault(each => each.Field == field).Number;

    private ReadOnlySpan<byte> Bytes(int field) => _fields.FirstOrDefault(each => each.Field == field).Bytes.Span;

    private static ulong Varint(ref ReadOnlyMemory<byte> from)
    {
        var value = 0UL;
        for (var i = 0; ; i++)
        {
            var octet = from.Span[i];
            value |= (ulong)(octet & 0x7F) << (7 * i);
            if (octet >= 0x80) continue;
            from = from[(i + 1)..];
            return value;
        }
    }
}
