using System.Collections.Concurrent;
using NetBootFabric.Boot.Transfers;

namespace NetBootFabric.HttpBoot.Transfers;

/// <summary>The requests that are being answered, from their arrival to the last octet. Any thread.</summary>
internal sealed class RunningDownloads(TimeProvider time)
{
    // An HTTP/1 connection answers one request at a time.
    private readonly ConcurrentDictionary<HttpDownload, long> _began = new();

    public int Count => _began.Count;

    public void Begin(HttpDownload download) => _began[download] = time.GetTimestamp();

    public void End(HttpDownload download) => _began.TryRemove(download, out _);

    public IReadOnlyList<HttpDownload> OlderThan(TimeSpan age)
    {
        var now = time.GetTimestamp();
        return [.. _began.Where(each => time.GetElapsedTime(each.Value, now) >= age).Select(each => each.Key)];
    }
}
