using System.Buffers;

namespace NetBootFabric.Actors.Remote.Tls;

internal enum FrameState
{
    Whole,
    NeedsMore,

    /// <summary>No frame of ours; what follows can't be made sense of.</summary>
    Broken,
}

/// <summary>Cuts a stream into frames. Holds one record's worth of memory, and as much as a longer frame takes while it comes in.</summary>
internal sealed class FrameReader : IDisposable
{
    private const int Size = 32 * 1024; // two TLS records

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Size);
    private int _start, _end, _wanted;

    /// <summary>Reads what is there, at least an octet; false at the stream's end.</summary>
    public async ValueTask<bool> Fill(Stream stream, CancellationToken cancellation)
    {
        MakeRoom();
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellation).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }

    /// <summary>The next frame, valid until the next call of <see cref="Fill"/>.</summary>
    public FrameState TryTake(out LinkFrameKind kind, out ReadOnlySpan<byte> frame)
    {
        kind = default;
        frame = default;
        _wanted = 0;
        var bytes = _buffer.AsSpan(_start, _end - _start);
        if (bytes.Length < LinkFrame.HeaderSize) return FrameState.NeedsMore;
        (kind, var length) = LinkFrame.ReadHeader(bytes);
        if (kind > LinkFrameKind.Go || length > IRemoteTransport.MaxFrame) return FrameState.Broken;
        if (kind != LinkFrameKind.Data && length != sizeof(long)) return FrameState.Broken;
        _wanted = LinkFrame.HeaderSize + length;
        if (bytes.Length < _wanted) return FrameState.NeedsMore;
        frame = bytes[LinkFrame.HeaderSize.._wanted];
        _start += _wanted;
        _wanted = 0;
        return FrameState.Whole;
    }

    public void Dispose()
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
    }

    private void MakeRoom()
    {
        var held = _end - _start;
        var size = Math.Max(_wanted, Size);
        // Larger for a long frame, and back to the usual size once that has gone.
        if (_buffer.Length < size || (_buffer.Length > 2 * size && held <= Size)) Move(ArrayPool<byte>.Shared.Rent(size), held);
        else if (_start > 0 && (held == 0 || _buffer.Length - _end < Math.Max(_wanted - held, Size / 2))) Move(_buffer, held);
    }

    private void Move(byte[] target, int held)
    {
        _buffer.AsSpan(_start, held).CopyTo(target);
        if (target != _buffer) ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _start, _end) = (target, 0, held);
    }
}
