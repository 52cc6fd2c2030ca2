namespace NetBootFabric.Wire.Dhcp;

/// <summary>What one walk over a packet's options found out: which are there, which come in parts, and which fields hold them.</summary>
internal readonly ref struct DhcpOptionIndex
{
    private readonly OptionSet _present;
    private readonly OptionSet _split;
    private readonly ReadOnlySpan<byte> _joined;
    private readonly byte _overload;

    private DhcpOptionIndex(OptionSet present, OptionSet split, ReadOnlySpan<byte> joined, byte overload, DhcpMessageType messageType)
    {
        _present = present;
        _split = split;
        _joined = joined;
        _overload = overload;
        MessageType = messageType;
    }

    public DhcpMessageType MessageType { get; }
    public bool FileHoldsOptions => (_overload & DhcpLayout.OverloadFile) != 0;
    public bool SnameHoldsOptions => (_overload & DhcpLayout.OverloadSname) != 0;

    public bool Contains(byte code) => _present.Contains(code);

    public DhcpOptionEnumerator Walk(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? default : Walk(bytes, _overload);

    /// <summary>Walks once to check and note what is there; joins options in parts only when there are any.</summary>
    public static DhcpRefusal Build(ReadOnlySpan<byte> bytes, Span<byte> scratch, out DhcpOptionIndex index)
    {
        index = default;
        if (!TryReadOverload(bytes, out var overload)) return DhcpRefusal.BadOverload;
        OptionSet present = default, split = default;
        var messageType = DhcpMessageType.None;
        var options = Walk(bytes, overload);
        while (options.MoveNext())
        {
            var option = options.Current;
            if (!present.Add(option.Code)) split.Add(option.Code);
            if (option.Code != DhcpLayout.MessageTypeCode) continue;
            if (option.Value.Length != 1 || option.Value[0] == 0 || split.Contains(option.Code)) return DhcpRefusal.BadMessageType;
            messageType = (DhcpMessageType)option.Value[0];
        }
        if (options.Overran) return DhcpRefusal.OptionOverrun;
        ReadOnlySpan<byte> joined = default;
        if (!split.IsEmpty && !SplitOptions.TryJoin(Walk(bytes, overload), split, scratch, out joined)) return DhcpRefusal.NoRoomToJoin;
        index = new DhcpOptionIndex(present, split, joined, overload, messageType);
        return DhcpRefusal.None;
    }

    public bool TryFind(ReadOnlySpan<byte> bytes, byte code, out ReadOnlySpan<byte> octets)
    {
        octets = default;
        if (!_present.Contains(code)) return false;
        if (_split.Contains(code)) return SplitOptions.TryFind(_joined, code, out octets);
        foreach (var option in Walk(bytes, _overload))
        {
            if (option.Code != code) continue;
            octets = option.Value;
            return true;
        }
        return false;
    }

    /// <summary>Option 52 counts in the options field only (RFC 2131 §4.1); absent is 0.</summary>
    private static bool TryReadOverload(ReadOnlySpan<byte> bytes, out byte overload)
    {
        overload = 0;
        var walker = new OptionWalker(bytes[DhcpLayout.Options..]);
        while (walker.MoveNext())
        {
            if (walker.Code != DhcpLayout.OverloadCode) continue;
            if (overload != 0 || walker.Value.Length != 1 || walker.Value[0] is not (1 or 2 or 3)) return false;
            overload = walker.Value[0];
        }
        return true;
    }

    private static DhcpOptionEnumerator Walk(ReadOnlySpan<byte> bytes, byte overload) => new(
        bytes[DhcpLayout.Options..],
        (overload & DhcpLayout.OverloadFile) != 0 ? bytes.Slice(DhcpLayout.File, DhcpLayout.FileSize) : default,
        (overload & DhcpLayout.OverloadSname) != 0 ? bytes.Slice(DhcpLayout.Sname, DhcpLayout.SnameSize) : default);
}
