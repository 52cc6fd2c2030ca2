using NetBootFabric.Boot.Content;
using NetBootFabric.Wire;

namespace NetBootFabric.Tftp.Tests.Serving;

/// <summary>Files in memory, for servers under test. A gate holds openings back until the test lets them go.</summary>
internal sealed class MemoryContent : IBootContent
{
    private readonly Dictionary<string, byte[]> _files = [];
    private int _opened, _closed;

    /// <summary>As of files with this time of modification.</summary>
    public string ETag { get; set; } = "1";
    public Task Gate { get; set; } = Task.CompletedTask;
    public int Opened => Volatile.Read(ref _opened);
    public int Closed => Volatile.Read(ref _closed);

    public byte[] Add(string path, int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return _files[path] = bytes;
    }

    public byte[] this[string path] => _files[path];

    public void Add(string path, byte[] bytes) => _files[path] = bytes;

    public async ValueTask<ContentResult> OpenAsync(ContentRequest request, CancellationToken cancellation)
    {
        await Gate.ConfigureAwait(false);
        if (request.Path.Contains("..", StringComparison.Ordinal)) return ContentError.BadPath;
        if (!_files.TryGetValue(request.Path, out var bytes)) return ContentError.NotFound;
        Interlocked.Increment(ref _opened);
        return new Bytes(bytes, this) { Client = new MacAddress(1) };
    }

    private sealed class Bytes(byte[] bytes, MemoryContent owner) : BootContent
    {
        public override long Length => bytes.Length;
        public override ContentRole Role => ContentRole.Kernel;
        public override string ETag { get; } = owner.ETag;
        public override DateTimeOffset LastModified => DateTimeOffset.UnixEpoch;

        public override int Read(long offset, Span<byte> destination)
        {
            var part = bytes.AsSpan((int)Math.Min(offset, bytes.Length));
            part = part[..Math.Min(part.Length, destination.Length)];
            part.CopyTo(destination);
            return part.Length;
        }

        protected override void Dispose(bool disposing) => Interlocked.Increment(ref owner._closed);
    }
}
