namespace NetBootFabric.Wire.Dhcp;

/// <summary>Steps over code-length-value options in one field (RFC 2132 §2). Never reads past the field.</summary>
/// <param name="area">The field: options, file, sname, or the value of an option that encapsulates others.</param>
/// <param name="hasPadAndEnd">False in option 82, whose sub-options 0 and 255 are no padding and no end (RFC 3046 §2.0).</param>
internal ref struct OptionWalker(ReadOnlySpan<byte> area, bool hasPadAndEnd = true)
{
    private ReadOnlySpan<byte> _rest = area;

    public byte Code { get; private set; }
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>True once an option did not fit in what was left; there is nothing behind it that could be trusted.</summary>
    public bool Overran { get; private set; }

    public bool MoveNext()
    {
        SkipPad();
        if (_rest.IsEmpty || (hasPadAndEnd && _rest[0] == DhcpLayout.End)) return Stop(overran: false);
        if (_rest.Length < 2 || _rest.Length < 2 + _rest[1]) return Stop(overran: true);
        Code = _rest[0];
        Value = _rest.Slice(2, _rest[1]);
        _rest = _rest[(2 + Value.Length)..];
        return true;
    }

    private void SkipPad()
    {
        if (hasPadAndEnd) _rest = _rest.TrimStart(DhcpLayout.Pad);
    }

    private bool Stop(bool overran)
    {
        Overran |= overran;
        _rest = default;
        return false;
    }
}
