namespace NetBootFabric.Wire.Dhcp;

/// <summary>Writes sub-options into the caller's buffer, to be added as one option: 43, 82 or 175.</summary>
/// <param name="buffer">As many octets as the sub-options need, 2 for each head.</param>
public ref struct EncapsulatedWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;
    private int _length;
    private bool _failed;

    /// <summary>Adds a sub-option. One that does not fit makes <see cref="TryFinish"/> false.</summary>
    public void Add<T>(DhcpOption<T> option, scoped T value) where T : allows ref struct
    {
        var octets = option.Encode(value, stackalloc byte[DhcpOption<T>.EncodeScratch]);
        if (!option.Fits(octets.Length) || octets.Length > byte.MaxValue || _buffer.Length - _length < 2 + octets.Length)
        {
            _failed = true;
            return;
        }
        _buffer[_length] = option.Code;
        _buffer[_length + 1] = (byte)octets.Length;
        octets.CopyTo(_buffer[(_length + 2)..]);
        _length += 2 + octets.Length;
    }

    /// <summary>False when a sub-option did not fit or none was added.</summary>
    public readonly bool TryFinish(out EncapsulatedOptions options)
    {
        options = new EncapsulatedOptions(_buffer[.._length], hasPadAndEnd: true);
        return !_failed && _length > 0;
    }
}
