using Microsoft.Win32.SafeHandles;
using NetBootFabric.Boot.Content;

namespace NetBootFabric.Tftp.Tests.Serving;

/// <summary>One file on a disk, whatever name is asked for, as a content source opens it: all transfers share a handle.</summary>
internal sealed class DiskContent : IBootContent, IDisposable
{
    private readonly string _path = Path.GetTempFileName();
    private readonly SafeFileHandle _file;
    private int _reads;

    public DiskContent(int length)
    {
        Octets = new byte[length];
        new Random(length).NextBytes(Octets);
        File.WriteAllBytes(_path, Octets);
        _file = File.OpenHandle(_path, FileMode.Open, FileAccess.ReadWrite);
    }

    public byte[] Octets { get; }

    /// <summary>By transfers, their opening included.</summary>
    public int Reads => Volatile.Read(ref _reads);

    public void Cut(int length) => RandomAccess.SetLength(_file, length);

    public ValueTask<ContentResult> OpenAsync(ContentRequest request, CancellationToken cancellation) => new(new Opened(this));

    public void Dispose()
    {
        _file.Dispose();
        File.Delete(_path);
    }

    private sealed class Opened(DiskContent disk) : BootContent
    {
        public override long Length => disk.Octets.Length;
        public override ContentRole Role => ContentRole.Kernel;
        public override string ETag => "1";
        public override DateTimeOffset LastModified => DateTimeOffset.UnixEpoch;

        public override int Read(long offset, Span<byte> destination)
        {
            Interlocked.Increment(ref disk._reads);
            return RandomAccess.Read(disk._file, destination, offset);
        }

        public override bool TryStretch(long offset, out FileStretch stretch)
        {
            stretch = new FileStretch(disk._file, offset, Length - offset);
            return true;
        }
    }
}
