using System.Text;
using NetBootFabric.Storm.Room;

namespace NetBootFabric.Storm.Content;

/// <summary>One file on its way to a client: compares each octet with the file it should be, keeps it only where the client has to read it.</summary>
/// <param name="expected">Null: not compared.</param>
/// <param name="keep">Scripts and configurations.</param>
internal sealed class Download(byte[]? expected, bool keep, StormCounters counters)
{
    // More than any script; what is longer is no script.
    private const int LongestKept = 256 << 10;

    private byte[] _kept = [];
    private int _keptLength;

    /// <summary>Looks for a command line in what comes.</summary>
    public ImageCommandLine? Image { get; init; }

    /// <summary>Octets that came, ahead of a gap too.</summary>
    public long Received { get; private set; }

    /// <summary>Octets from the start without a gap.</summary>
    public long InOrder { get; private set; }

    public bool IsKept => keep;

    /// <summary>Where the first wrong octet stood.</summary>
    public long? WrongAt { get; private set; }

    /// <summary>What was kept, as text.</summary>
    public string Text => Encoding.UTF8.GetString(_kept.AsSpan(0, _keptLength));

    /// <summary>The next octets.</summary>
    public void Append(ReadOnlySpan<byte> octets)
    {
        Take(InOrder, octets);
        InOrder += octets.Length;
    }

    /// <summary>The next octets were taken ahead before.</summary>
    public void Advance(int count) => InOrder += count;

    /// <summary>Each octet once, in any order unless it is kept.</summary>
    public void Take(long offset, ReadOnlySpan<byte> octets)
    {
        Received += octets.Length;
        counters.Bytes += octets.Length;
        if (expected is not null) Compare(offset, octets);
        Image?.Take(offset, octets);
        if (keep && _keptLength + octets.Length <= LongestKept) Keep(octets);
    }

    /// <summary>What is wrong with the whole; null when nothing is.</summary>
    /// <param name="announced">The size that the server told; null when it told none.</param>
    public string? Verdict(long? announced)
    {
        if (WrongAt is { } at) return $"wrong at octet {at}";
        if (announced is { } size && size != Received) return $"{Received} octets came of {size} announced";
        if (expected is not null && expected.Length != Received) return $"{Received} octets came, the file has {expected.Length}";
        counters.Files++;
        return null;
    }

    private void Compare(long offset, ReadOnlySpan<byte> octets)
    {
        if (offset + octets.Length <= expected!.Length && octets.SequenceEqual(expected.AsSpan((int)offset, octets.Length)))
            counters.VerifiedBytes += octets.Length;
        else
            WrongAt ??= offset + octets.CommonPrefixLength(expected.AsSpan((int)Math.Min(offset, expected.Length)));
    }

    private void Keep(ReadOnlySpan<byte> octets)
    {
        if (_keptLength + octets.Length > _kept.Length) Array.Resize(ref _kept, Math.Max(2048, 2 * (_keptLength + octets.Length)));
        octets.CopyTo(_kept.AsSpan(_keptLength));
        _keptLength += octets.Length;
    }
}
