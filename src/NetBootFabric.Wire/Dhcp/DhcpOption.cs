namespace NetBootFabric.Wire.Dhcp;

/// <summary>
/// One option kind: its code, how long its value may be, and how octets become a <typeparamref name="T"/> and back.
/// The kinds themselves stand in <see cref="DhcpOptions"/>, <see cref="RelayAgentOptions"/>, <see cref="PxeOptions"/> and <see cref="IpxeOptions"/>.
/// </summary>
/// <typeparam name="T">A value, or a view of the option's octets.</typeparam>
public abstract class DhcpOption<T> where T : allows ref struct
{
    /// <summary>Scratch that <see cref="Encode"/> gets: 32 octets hold every value that is not a view already.</summary>
    internal const int EncodeScratch = 32;

    private readonly int _minimum;
    private readonly int _maximum;
    private readonly int _unit;

    private protected DhcpOption(byte code, int minimum, int maximum, int unit = 1)
    {
        Code = code;
        _minimum = minimum;
        _maximum = maximum;
        _unit = unit;
    }

    public byte Code { get; }

    /// <summary>False when the octets are too few, too many, or make no value. Never throws.</summary>
    public bool TryRead(ReadOnlySpan<byte> octets, out T value)
    {
        if (Fits(octets.Length)) return TryDecode(octets, out value);
        value = default!;
        return false;
    }

    /// <summary>True when a value of this many octets is legal.</summary>
    internal bool Fits(int length) => length >= _minimum && length <= _maximum && length % _unit == 0;

    /// <summary>Gets octets of a legal length only.</summary>
    private protected abstract bool TryDecode(ReadOnlySpan<byte> octets, out T value);

    /// <summary>The octets of the value, in <paramref name="scratch"/> or in the value itself.</summary>
    internal abstract ReadOnlySpan<byte> Encode(T value, Span<byte> scratch);
}
