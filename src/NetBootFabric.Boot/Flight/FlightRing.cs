namespace NetBootFabric.Boot.Flight;

/// <summary>Records of one after the other in a fixed number of octets; the oldest give way. Each begins with its whole length in two octets. Not thread-safe.</summary>
internal sealed class FlightRing(Memory<byte> memory)
{
    public const int LengthSize = sizeof(ushort);

    private int _start;
    private int _used;

    public Memory<byte> Octets => memory;
    public bool IsEmpty => _used == 0;

    /// <summary>Appends a record of head and body; the head's first two octets are its length. One that is larger than the ring is dropped.</summary>
    public void Append(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        var length = head.Length + body.Length;
        var octets = memory.Span;
        if (length > octets.Length) return;
        while (octets.Length - _used < length) DropOldest(octets);
        Put(octets, head);
        Put(octets, body);
    }

    /// <summary>All records, oldest first.</summary>
    public byte[] ToArray()
    {
        var copy = new byte[_used];
        var octets = memory.Span;
        var first = Math.Min(_used, octets.Length - _start);
        octets.Slice(_start, first).CopyTo(copy);
        octets[..(_used - first)].CopyTo(copy.AsSpan(first));
        return copy;
    }

    public void Clear() => (_start, _used) = (0, 0);

    private void DropOldest(ReadOnlySpan<byte> octets)
    {
        var length = (octets[_start] << 8) | octets[(_start + 1) % octets.Length];
        _start = (_start + length) % octets.Length;
        _used -= length;
    }

    private void Put(Span<byte> octets, ReadOnlySpan<byte> bytes)
    {
        var at = _start + _used;
        if (at >= octets.Length) at -= octets.Length;
        var first = Math.Min(bytes.Length, octets.Length - at);
        bytes[..first].CopyTo(octets[at..]);
        bytes[first..].CopyTo(octets);
        _used += bytes.Length;
    }
}
