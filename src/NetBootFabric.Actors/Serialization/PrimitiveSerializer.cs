using System.Buffers.Binary;
using System.Runtime.Serialization;
using System.Text;

namespace NetBootFabric.Actors.Serialization;

/// <summary>Strings, integers and byte arrays. Numbers are little endian.</summary>
internal sealed class PrimitiveSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override int Identifier => 17;

    public static IReadOnlyList<Type> Types { get; } = [typeof(string), typeof(int), typeof(long), typeof(byte[])];

    public override string Manifest(object o) => o switch
    {
        string => "S",
        int => "I",
        long => "L",
        byte[] => "B",
        _ => throw new ArgumentException($"Not a primitive: {o.GetType()}", nameof(o)),
    };

    public override byte[] ToBinary(object obj)
    {
        switch (obj)
        {
            case string text: return Encoding.UTF8.GetBytes(text);
            case byte[] bytes: return bytes;
            case int number:
                var four = new byte[sizeof(int)];
                BinaryPrimitives.WriteInt32LittleEndian(four, number);
                return four;
            case long number:
                var eight = new byte[sizeof(long)];
                BinaryPrimitives.WriteInt64LittleEndian(eight, number);
                return eight;
            default: throw new ArgumentException($"Not a primitive: {obj.GetType()}", nameof(obj));
        }
    }

    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        "S" => Encoding.UTF8.GetString(bytes),
        "B" => bytes,
        "I" when bytes.Length == sizeof(int) => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        "L" when bytes.Length == sizeof(long) => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        _ => throw new SerializationException($"Not a primitive: manifest [{manifest}], {bytes.Length} octets"),
    };
}
