using System.Globalization;
using Microsoft.Win32.SafeHandles;
using NetBootFabric.Sockets;

namespace NetBootFabric.Content.Files;

/// <summary>By what a changed file is noticed: length in octets, and modification time to 100 ns.</summary>
internal readonly record struct FileStamp(long Length, DateTime ModifiedUtc)
{
    public string ETag => string.Create(CultureInfo.InvariantCulture, $"{ModifiedUtc.Ticks:x}-{Length:x}");

    public static FileStamp Of(in FileStatus file) => new(file.Length, file.ModifiedUtc);

    public static FileStamp Of(SafeFileHandle file) => new(RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file));
}
