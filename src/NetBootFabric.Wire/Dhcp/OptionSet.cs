using System.Runtime.CompilerServices;

namespace NetBootFabric.Wire.Dhcp;

/// <summary>A set of option codes: one bit each, so that asking for an absent option costs no walk.</summary>
[InlineArray(4)]
internal struct OptionSet
{
    private ulong _bits; // 4 x 64 = 256 codes

    public readonly bool Contains(byte code) => (this[code >> 6] & (1UL << (code & 63))) != 0;

    public readonly bool IsEmpty => (this[0] | this[1] | this[2] | this[3]) == 0;

    /// <summary>False when the code was there already.</summary>
    public bool Add(byte code)
    {
        var fresh = !Contains(code);
        this[code >> 6] |= 1UL << (code & 63);
        return fresh;
    }
}
