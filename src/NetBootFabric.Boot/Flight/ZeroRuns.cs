namespace NetBootFabric.Boot.Flight;

/// <summary>Packs octets that are mostly zero, as BOOTP's fixed fields are: each run of zeros becomes a zero and the run's length.</summary>
internal static class ZeroRuns
{
    /// <summary>False when it would not get shorter than <paramref name="destination"/> is.</summary>
    public static bool TryPack(ReadOnlySpan<byte> octets, Span<byte> destination, out int length)
    {
        length = 0;
        while (!octets.IsEmpty)
        {
            var literal = octets.IndexOf((byte)0);
            if (literal < 0) literal = octets.Length;
            if (length + literal > destination.Length) return false;
            octets[..literal].CopyTo(destination[length..]);
            length += literal;
            octets = octets[literal..];
            if (octets.IsEmpty) break;
            var run = octets.IndexOfAnyExcept((byte)0);
            run = Math.Min(run < 0 ? octets.Length : run, byte.MaxValue);
            if (length + 2 > destination.Length) return false;
            destination[length++] = 0;
            destination[length++] = (byte)run;
            octets = octets[run..];
        }
        return true;
    }

    public static byte[] Unpack(ReadOnlySpan<byte> packed)
    {
        var octets = new List<byte>(packed.Length * 2);
        for (var i = 0; i < packed.Length; i++)
        {
            if (packed[i] != 0) octets.Add(packed[i]);
            else if (++i < packed.Length) octets.AddRange(Enumerable.Repeat((byte)0, packed[i]));
        }
        return [.. octets];
    }
}
