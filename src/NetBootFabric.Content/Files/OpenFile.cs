using Microsoft.Win32.SafeHandles;
using NetBootFabric.Boot.Content;
using NetBootFabric.Sockets;

namespace NetBootFabric.Content.Files;

/// <summary>One open file, shared by all who read it. Closed when the cache has dropped it and the last reader is gone.</summary>
internal sealed class OpenFile(string name, string path, SafeFileHandle handle, FileStamp stamp) : IDisposable
{
    private int _holders = 1; // the cache

    /// <summary>By which the cache knows it.</summary>
    public string Name { get; } = name;
    public string Path { get; } = path;
    public byte[] EncodedPath { get; } = FileStatus.Encode(path);
    public string MediaType { get; } = MediaTypes.Of(path);
    public FileStamp Stamp { get; } = stamp;
    public string ETag { get; } = stamp.ETag;
    public long LastUsed { get; set; }

    /// <summary>Nobody but the cache holds it.</summary>
    public bool IsIdle => Volatile.Read(ref _holders) == 1;

    /// <summary>False when it is closed already.</summary>
    public bool TryHold()
    {
        for (var holders = Volatile.Read(ref _holders); holders > 0;)
        {
            var seen = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (seen == holders) return true;
            holders = seen;
        }
        return false;
    }

    /// <summary>Fewer octets than asked for only at the end of the file, as it is now.</summary>
    public int Read(long offset, Span<byte> destination)
    {
        var total = 0;
        while (total < destination.Length)
        {
            var read = RandomAccess.Read(handle, destination[total..], offset + total);
            if (read == 0) break;
            total += read;
        }
        return total;
    }

    /// <summary>What stands there from <paramref name="offset"/> on, <paramref name="length"/> octets long if it was not cut meanwhile.</summary>
    public FileStretch Stretch(long offset, long length) => new(handle, offset, length);

    public void Dispose()
    {
        if (Interlocked.Decrement(ref _holders) == 0) handle.Dispose();
    }
}
