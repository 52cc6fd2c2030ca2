namespace NetBootFabric.Wire.Dhcp;

/// <summary>User classes: one or more of length octet and name (RFC 3004 §4), or one bare name as iPXE sends it.</summary>
public sealed class UserClassOption(byte code) : DhcpOption<UserClassList>(code, 1, int.MaxValue)
{
    private protected override bool TryDecode(ReadOnlySpan<byte> octets, out UserClassList value)
    {
        value = new UserClassList(octets);
        return true;
    }

    internal override ReadOnlySpan<byte> Encode(UserClassList value, Span<byte> scratch) => value.Octets;
}

/// <summary>
/// A view of user class names. Octets whose length octets don't add up to the whole are taken as one bare name: <c>iPXE</c> would claim 105 octets.
/// </summary>
public readonly ref struct UserClassList(ReadOnlySpan<byte> octets)
{
    /// <summary>The option's octets as they are on the wire.</summary>
    public ReadOnlySpan<byte> Octets { get; } = octets;

    /// <summary>True when there is one name without a length octet.</summary>
    public bool IsBare => !LengthsAddUp(Octets);

    /// <summary>True for iPXE in either form.</summary>
    public bool IsIpxe => Contains("iPXE"u8);

    public bool Contains(ReadOnlySpan<byte> name)
    {
        foreach (var one in this)
            if (one.SequenceEqual(name)) return true;
        return false;
    }

    public Enumerator GetEnumerator() => new(Octets, IsBare);

    private static bool LengthsAddUp(ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            if (octets[0] == 0 || octets[0] >= octets.Length) return false;
            octets = octets[(1 + octets[0])..];
        }
        return true;
    }

    public ref struct Enumerator(ReadOnlySpan<byte> octets, bool bare)
    {
        private ReadOnlySpan<byte> _rest = octets;

        public ReadOnlySpan<byte> Current { get; private set; }

        public bool MoveNext()
        {
            if (_rest.IsEmpty) return false;
            Current = bare ? _rest : _rest.Slice(1, _rest[0]);
            _rest = bare ? default : _rest[(1 + Current.Length)..];
            return true;
        }
    }
}
