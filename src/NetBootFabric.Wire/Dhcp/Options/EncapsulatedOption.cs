namespace NetBootFabric.Wire.Dhcp;

/// <summary>An option whose value is options of its own (RFC 2132 §8.4). One that overruns makes the whole value unusable.</summary>
/// <param name="hasPadAndEnd">False where 0 and 255 are ordinary sub-options: option 82 (RFC 3046 §2.0).</param>
public sealed class EncapsulatedOption(byte code, bool hasPadAndEnd = true) : DhcpOption<EncapsulatedOptions>(code, 1, int.MaxValue)
{
    private protected override bool TryDecode(ReadOnlySpan<byte> octets, out EncapsulatedOptions value)
    {
        value = new EncapsulatedOptions(octets, hasPadAndEnd);
        var walker = new OptionWalker(octets, hasPadAndEnd);
        while (walker.MoveNext())
        {
        }
        return !walker.Overran;
    }

    internal override ReadOnlySpan<byte> Encode(EncapsulatedOptions value, Span<byte> scratch) => value.Octets;
}

/// <summary>A view of encapsulated options. Use it with foreach, or ask for a kind.</summary>
public readonly ref struct EncapsulatedOptions
{
    private readonly bool _hasPadAndEnd;

    internal EncapsulatedOptions(ReadOnlySpan<byte> octets, bool hasPadAndEnd)
    {
        Octets = octets;
        _hasPadAndEnd = hasPadAndEnd;
    }

    public ReadOnlySpan<byte> Octets { get; }

    public Enumerator GetEnumerator() => new(Octets, _hasPadAndEnd);

    /// <summary>The first sub-option of this kind; false when there is none or its octets don't make a value.</summary>
    public bool TryGet<T>(DhcpOption<T> option, out T value) where T : allows ref struct
    {
        foreach (var entry in this)
            if (entry.Code == option.Code) return option.TryRead(entry.Value, out value);
        value = default!;
        return false;
    }

    public ref struct Enumerator
    {
        private OptionWalker _walker;

        internal Enumerator(ReadOnlySpan<byte> octets, bool hasPadAndEnd) => _walker = new OptionWalker(octets, hasPadAndEnd);

        public readonly DhcpOptionEntry Current => new(_walker.Code, _walker.Value);
        public bool MoveNext() => _walker.MoveNext();
    }
}
