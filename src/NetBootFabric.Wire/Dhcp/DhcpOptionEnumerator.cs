namespace NetBootFabric.Wire.Dhcp;

/// <summary>One option as it stands in the packet; a long option may come in several of these (RFC 3396).</summary>
public readonly ref struct DhcpOptionEntry(byte code, ReadOnlySpan<byte> value)
{
    public byte Code { get; } = code;
    public ReadOnlySpan<byte> Value { get; } = value;
}

/// <summary>Walks the options field, then file, then sname where option 52 says so (RFC 2131 §4.1). Use it with foreach.</summary>
public ref struct DhcpOptionEnumerator
{
    private OptionWalker _walker;
    private ReadOnlySpan<byte> _file;
    private ReadOnlySpan<byte> _sname;

    internal DhcpOptionEnumerator(ReadOnlySpan<byte> options, ReadOnlySpan<byte> file, ReadOnlySpan<byte> sname)
    {
        _walker = new OptionWalker(options);
        _file = file;
        _sname = sname;
    }

    public readonly DhcpOptionEntry Current => new(_walker.Code, _walker.Value);

    public readonly DhcpOptionEnumerator GetEnumerator() => this;

    public bool MoveNext()
    {
        while (!_walker.MoveNext())
        {
            if (_walker.Overran || (_file.IsEmpty && _sname.IsEmpty)) return false;
            NextField();
        }
        return true;
    }

    internal readonly bool Overran => _walker.Overran;

    private void NextField()
    {
        if (!_file.IsEmpty)
        {
            _walker = new OptionWalker(_file);
            _file = default;
            return;
        }
        _walker = new OptionWalker(_sname);
        _sname = default;
    }
}
