namespace NetBootFabric.Wire.Dhcp;

/// <summary>One or more IPv4 addresses in order of preference: 4 octets each.</summary>
public sealed class AddressListOption(byte code) : DhcpOption<Ipv4AddressList>(code, Ipv4Address.Size, int.MaxValue, Ipv4Address.Size)
{
    private protected override bool TryDecode(ReadOnlySpan<byte> octets, out Ipv4AddressList value)
    {
        value = new Ipv4AddressList(octets);
        return true;
    }

    internal override ReadOnlySpan<byte> Encode(Ipv4AddressList value, Span<byte> scratch) => value.Octets;
}

/// <summary>A view of addresses that stand one behind the other. Use it with foreach.</summary>
public readonly ref struct Ipv4AddressList
{
    /// <param name="octets">A multiple of 4; what is over is left out.</param>
    public Ipv4AddressList(ReadOnlySpan<byte> octets) => Octets = octets[..(octets.Length & ~3)];

    public ReadOnlySpan<byte> Octets { get; }
    public int Count => Octets.Length / Ipv4Address.Size;
    public Ipv4Address this[int index] => Ipv4Address.Read(Octets[(index * Ipv4Address.Size)..]);

    public Enumerator GetEnumerator() => new(this);

    public ref struct Enumerator(Ipv4AddressList list)
    {
        private readonly Ipv4AddressList _list = list;
        private int _index = -1;

        public readonly Ipv4Address Current => _list[_index];
        public bool MoveNext() => ++_index < _list.Count;
    }
}
