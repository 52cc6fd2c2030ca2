using System.Text;

namespace NetBootFabric.Sockets;

/// <summary>Length and time of modification of the file that a path leads to, symbolic links followed, by one system call and without allocation.</summary>
/// <param name="Length">In octets.</param>
/// <param name="ModifiedUtc">To 100 ns.</param>
public readonly record struct FileStatus(long Length, DateTime ModifiedUtc, bool IsFolder)
{
    /// <summary>The path as <see cref="Read"/> takes it: UTF-8 with a zero at the end.</summary>
    public static byte[] Encode(string path) => Encoding.UTF8.GetBytes(path + '\0');

    /// <summary>ENOENT, ENOTDIR, ELOOP, EACCES …; <see cref="Errno.None"/> when <paramref name="status"/> is filled.</summary>
    /// <param name="path">From <see cref="Encode"/>.</param>
    public static unsafe Errno Read(ReadOnlySpan<byte> path, out FileStatus status)
    {
        status = default;
        if (path.IsEmpty || path[^1] != 0) return Errno.EINVAL;
        StatX result;
        fixed (byte* name = path)
        {
            if (Libc.StatX(Libc.AT_FDCWD, name, 0, Libc.STATX_TYPE | Libc.STATX_MTIME | Libc.STATX_SIZE, &result) < 0) return Libc.LastError;
        }
        var modified = DateTime.UnixEpoch.AddTicks(result.ModifiedSeconds * TimeSpan.TicksPerSecond + result.ModifiedNanoseconds / 100);
        status = new FileStatus((long)result.Size, modified, (result.Mode & Libc.S_IFMT) == Libc.S_IFDIR);
        return Errno.None;
    }
}
