using System.Diagnostics;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Transfers;
using NetBootFabric.Wire;

namespace NetBootFabric.Tftp.Serving;

/// <summary>
/// Opens files on the thread pool, since a directory or a disk may take long, and reads their beginning there too: from then on the
/// kernel reads ahead by itself, and a worker's reads are copies out of the page cache.
/// </summary>
internal sealed class ContentOpening(IBootContent content, bool samples)
{
    private const int Warmed = 128 * 1024; // the kernel's usual read-ahead (read_ahead_kb)
    private const int Chunk = 16 * 1024;

    /// <summary>Never throws; <paramref name="opened"/> is told the session in every case, from another thread.</summary>
    public void Begin(Session session, Action<Session> opened) =>
        ThreadPool.UnsafeQueueUserWorkItem(static work => _ = work.Opening.OpenAsync(work.Session, work.Opened), (Opening: this, Session: session, Opened: opened), preferLocal: false);

    private async Task OpenAsync(Session session, Action<Session> opened)
    {
        var request = session.Request;
        try
        {
            var question = new ContentRequest(request.Path, request.PeerAddress, new Ipv4Address(request.Local.Address), TransferProtocol.Tftp);
            session.Opened = await content.OpenAsync(question, CancellationToken.None).ConfigureAwait(false);
            if (session.Opened.Content is { } file) Warm(file);
            if (samples && session.Opened.Content is { } shared) session.Sample = ContentSample.Of(shared);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException or OperationCanceledException or TimeoutException)
        {
            session.Opened.Content?.Dispose();
            session.Opened = new ContentResult(null, ContentError.AccessDenied, e.Message);
        }
        opened(session);
    }

    private static void Warm(BootContent file)
    {
        Span<byte> chunk = stackalloc byte[Chunk];
        var began = Stopwatch.GetTimestamp();
        for (long offset = 0; offset < Math.Min(file.Length, Warmed); offset += Chunk)
        {
            // Fast means cached already; then there is nothing to warm.
            if (file.Read(offset, chunk) < Chunk || (offset == 0 && Stopwatch.GetElapsedTime(began) < TimeSpan.FromMilliseconds(0.2))) return;
        }
    }
}
