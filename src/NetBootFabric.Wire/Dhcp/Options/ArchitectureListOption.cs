using System.Buffers.Binary;

namespace NetBootFabric.Wire.Dhcp;

/// <summary>The client's processor architectures: 2 octets each, most wanted first.</summary>
public sealed class ArchitectureListOption(byte code) : DhcpOption<ClientArchitectureList>(code, sizeof(ushort), int.MaxValue, sizeof(ushort))
{
    private protected override bool TryDecode(ReadOnlySpan<byte> octets, out ClientArchitectureList value)
    {
        value = new ClientArchitectureList(octets);
        return true;
    }

    internal override ReadOnlySpan<byte> Encode(ClientArchitectureList value, Span<byte> scratch) => value.Octets;
}

/// <summary>A view of architecture numbers; those without a name are passed on.</summary>
public readonly ref struct ClientArchitectureList
{
    /// <param name="octets">A multiple of 2; what is over is left out.</param>
    public ClientArchitectureList(ReadOnlySpan<byte> octets) => Octets = octets[..(octets.Length & ~1)];

    public ReadOnlySpan<byte> Octets { get; }
    public int Count => Octets.Length / sizeof(ushort);
    public ClientArchitecture this[int index] => (ClientArchitecture)BinaryPrimitives.ReadUInt16BigEndian(Octets[(index * sizeof(ushort))..]);

    /// <summary>The most wanted one.</summary>
    public ClientArchitecture First => Count == 0 ? ClientArchitecture.Unknown : this[0];

    public bool Contains(ClientArchitecture architecture)
    {
        for (var i = 0; i < Count; i++)
            if (this[i] == architecture) return true;
        return false;
    }
}
