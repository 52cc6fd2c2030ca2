using System.Buffers;

namespace NetBootFabric.HttpBoot.Serving;

/// <summary>Octets that wait for more, or for room. A buffer is rented only while there are some.</summary>
internal struct PendingOctets
{
    private byte[]? _buffer;
    private int _start, _end;

    public readonly bool IsEmpty => _buffer is null;
    public readonly ReadOnlySpan<byte> Octets => _buffer.AsSpan(_start, _end - _start);

    public void Add(ReadOnlySpan<byte> octets)
    {
        if (octets.IsEmpty) return;
        var held = Octets;
        if (_buffer is null || _end + octets.Length > _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(held.Length + octets.Length);
            held.CopyTo(larger);
            if (_buffer is not null) ArrayPool<byte>.Shared.Return(_buffer);
            (_buffer, _start, _end) = (larger, 0, held.Length);
        }
        octets.CopyTo(_buffer.AsSpan(_end));
        _end += octets.Length;
    }

    /// <summary>The first ones are done with.</summary>
    public void Drop(int count)
    {
        _start += count;
        if (_start >= _end) Clear();
    }

    public void Clear()
    {
        if (_buffer is not null) ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _start, _end) = (null, 0, 0);
    }
}
