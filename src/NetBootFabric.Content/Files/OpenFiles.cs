using System.Collections.Concurrent;
using NetBootFabric.Boot.Content;

namespace NetBootFabric.Content.Files;

/// <summary>
/// Files that are being served, and some that just were: a thousand clients of one kernel share one handle. Every request looks at the
/// file's stamp again; a replaced file is opened anew, while those who read the old one go on with it.
/// </summary>
internal sealed class OpenFiles(int capacity) : IDisposable
{
    private readonly ConcurrentDictionary<string, OpenFile> _files = new(StringComparer.Ordinal);
    private readonly Lock _opening = new();
    private long _clock;

    /// <summary>Opens <paramref name="path"/>, or says why not. The caller disposes what it gets.</summary>
    /// <param name="within">Real path that the file must lie under, with a slash at the end; null: anywhere.</param>
    public OpenFile? Open(string path, string? within, out ContentError error)
    {
        if (Stat(path, out error) is not { } stamp) return null;
        return Held(path, stamp) ?? OpenAnew(path, within, stamp, out error);
    }

    private static FileStamp? Stat(string path, out ContentError error)
    {
        try
        {
            var file = new FileInfo(path);
            // FileInfo tells of the link itself, not of the file that it leads to.
            if (file.LinkTarget is not null) file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            error = file.Exists ? ContentError.None : Directory.Exists(path) ? ContentError.BadPath : ContentError.NotFound;
            return file.Exists ? FileStamp.Of(file) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            error = Explain(failure);
            return null;
        }
    }

    // A loop of links is as good as nothing there.
    private static ContentError Explain(Exception failure) => failure is UnauthorizedAccessException ? ContentError.AccessDenied : ContentError.NotFound;

    private OpenFile? Held(string path, FileStamp stamp)
    {
        if (!_files.TryGetValue(path, out var file) || file.Stamp != stamp || !file.TryHold()) return null;
        file.LastUsed = Interlocked.Increment(ref _clock);
        return file;
    }

    private OpenFile? OpenAnew(string path, string? within, FileStamp stamp, out ContentError error)
    {
        lock (_opening)
        {
            error = ContentError.None;
            if (Held(path, stamp) is { } opened) return opened;
            Drop(path);
            if (!MakeRoom())
            {
                error = ContentError.TooManyOpen;
                return null;
            }
            var file = TryOpen(path, within, stamp, out error);
            if (file is null || !file.TryHold()) return null;
            file.LastUsed = Interlocked.Increment(ref _clock);
            _files[path] = file;
            return file;
        }
    }

    private static OpenFile? TryOpen(string path, string? within, FileStamp stamp, out ContentError error)
    {
        error = ContentError.None;
        try
        {
            // Pipes and devices have length 0, and would block when opened.
            if (stamp.Length == 0) return new OpenFile(path, File.OpenHandle("/dev/null"), stamp);
            // ReadWrite: who writes the file in place is not hindered.
            var handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete, options: FileOptions.SequentialScan);
            if (within is null || RealPath.Of(handle)?.StartsWith(within, StringComparison.Ordinal) == true)
                return new OpenFile(path, handle, FileStamp.Of(handle));
            handle.Dispose();
            error = ContentError.BadPath;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            error = Explain(failure);
        }
        return null;
    }

    // The least recently used of those that nobody reads.
    private bool MakeRoom()
    {
        if (_files.Count < capacity) return true;
        var victim = _files.Values.Where(file => file.IsIdle).MinBy(file => file.LastUsed);
        if (victim is null) return false;
        Drop(victim.Path);
        return true;
    }

    private void Drop(string path)
    {
        if (_files.TryRemove(path, out var file)) file.Dispose();
    }

    public void Dispose()
    {
        foreach (var path in _files.Keys) Drop(path);
    }
}
