using System.Numerics;

namespace NetBootFabric.Boot.Leases;

/// <summary>
/// A set of small integers with a fast "first one from here": one bit each, and above them one bit for each word that holds any.
/// 64 000 bits are 1000 words below 16.
/// </summary>
internal sealed class FreeBitmap
{
    private const int WordBits = 64;

    private readonly ulong[] _words;
    private readonly ulong[] _summary;

    /// <summary>Holds every integer from 0 to <paramref name="size"/> - 1 at first.</summary>
    public FreeBitmap(int size)
    {
        _words = new ulong[(size + WordBits - 1) / WordBits];
        _summary = new ulong[(_words.Length + WordBits - 1) / WordBits];
        Fill(_words, size);
        Fill(_summary, _words.Length);
    }

    public bool Contains(int bit) => (_words[bit / WordBits] & Mask(bit)) != 0;

    public void Add(int bit)
    {
        var word = bit / WordBits;
        _words[word] |= Mask(bit);
        _summary[word / WordBits] |= Mask(word);
    }

    public void Remove(int bit)
    {
        var word = bit / WordBits;
        _words[word] &= ~Mask(bit);
        if (_words[word] == 0) _summary[word / WordBits] &= ~Mask(word);
    }

    /// <summary>The first member at or after <paramref name="start"/>, going round at the end; -1 when empty.</summary>
    public int FirstFrom(int start)
    {
        var found = Next(start);
        return found >= 0 || start == 0 ? found : Next(0);
    }

    /// <summary>The first member at or after <paramref name="start"/>; -1 when there is none.</summary>
    public int Next(int start)
    {
        var word = start / WordBits;
        if (word >= _words.Length) return -1;
        var rest = _words[word] & FromBit(start);
        if (rest != 0) return word * WordBits + BitOperations.TrailingZeroCount(rest);
        word = NextWord(word + 1);
        return word < 0 ? -1 : word * WordBits + BitOperations.TrailingZeroCount(_words[word]);
    }

    private int NextWord(int start)
    {
        for (var i = start / WordBits; i < _summary.Length; i++)
        {
            var rest = i == start / WordBits ? _summary[i] & FromBit(start) : _summary[i];
            if (rest != 0) return i * WordBits + BitOperations.TrailingZeroCount(rest);
        }
        return -1;
    }

    private static ulong Mask(int bit) => 1UL << (bit % WordBits);

    /// <summary>The bits of a word from this one up.</summary>
    private static ulong FromBit(int bit) => ulong.MaxValue << (bit % WordBits);

    private static void Fill(ulong[] words, int bits)
    {
        Array.Fill(words, ulong.MaxValue);
        if (bits % WordBits != 0) words[^1] = ~FromBit(bits);
    }
}
