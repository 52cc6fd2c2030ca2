namespace NetBootFabric.Fuzz;

/// <summary>Makes one input from one seed: random octets, or a real packet with a few things changed. The same seed makes the same input.</summary>
internal sealed class Mutator(IReadOnlyList<byte[]> corpus)
{
    private const int Longest = 2048;

    /// <summary>Octets and numbers at which parsers go wrong: ends, signs, the DHCP codes pad, overload, message type, relay agent, end.</summary>
    private static readonly byte[] Tricky = [0, 1, 2, 3, 4, 5, 6, 7, 8, 52, 53, 77, 82, 127, 128, 240, 254, 255];

    public byte[] Make(ulong seed)
    {
        var random = new Random(unchecked((int)(seed ^ (seed >> 32))));
        if (random.Next(8) == 0) return RandomOctets(random, random.Next(600));
        var input = corpus[random.Next(corpus.Count)];
        for (var changes = 1 + random.Next(6); changes > 0; changes--) input = Change(random, input);
        return input;
    }

    private byte[] Change(Random random, byte[] input)
    {
        var at = random.Next(input.Length + 1);
        return random.Next(8) switch
        {
            0 => input[..at],
            1 => [.. input[..at], .. RandomOctets(random, random.Next(20)), .. input[at..]],
            2 => [.. input[..at], .. input[Math.Min(input.Length, at + random.Next(20))..]],
            3 => Splice(random, input, at),
            4 => Repeat(random, input, at),
            5 => With(input, at, (byte)random.Next(256)),
            6 => With(input, at, (byte)(at < input.Length ? input[at] + random.Next(-2, 3) : 0)),
            _ => With(input, at, Tricky[random.Next(Tricky.Length)]),
        };
    }

    private byte[] Splice(Random random, byte[] input, int at)
    {
        var other = corpus[random.Next(corpus.Count)];
        return [.. input[..at], .. other[Math.Min(at, other.Length)..]];
    }

    /// <summary>The same octets again: options in several parts.</summary>
    private static byte[] Repeat(Random random, byte[] input, int at)
    {
        var part = input[at..Math.Min(input.Length, at + random.Next(40))];
        return input.Length + part.Length > Longest ? input : [.. input[..at], .. part, .. input[at..]];
    }

    private static byte[] With(byte[] input, int at, byte value)
    {
        if (at == input.Length) return input;
        byte[] changed = [.. input];
        changed[at] = value;
        return changed;
    }

    private static byte[] RandomOctets(Random random, int length)
    {
        var octets = new byte[length];
        random.NextBytes(octets);
        return octets;
    }
}
