using System.Collections.Concurrent;
using NetBootFabric.Boot.Content;
using NetBootFabric.Sockets;

namespace NetBootFabric.Content.Files;

/// <summary>
/// Files that are being served, and some that just were: a thousand clients of one kernel share one handle. Every request looks at the
/// file's stamp again; a replaced file is opened anew, while those who read the old one go on with it.
/// </summary>
/// <param name="folder">That names are relative to.</param>
/// <param name="within">Real path that a file must lie under, with a slash at the end; null: anywhere.</param>
internal sealed class OpenFiles(string folder, string? within, int capacity) : IDisposable
{
    private readonly ConcurrentDictionary<string, OpenFile> _files = new(StringComparer.Ordinal);
    private readonly Lock _opening = new();
    private long _clock;

    /// <summary>Opens <paramref name="name"/>, or says why not. The caller disposes what it gets.</summary>
    public OpenFile? Open(string name, out ContentError error)
    {
        // The usual case costs one system call and no allocation.
        if (_files.TryGetValue(name, out var file) && Stat(file.EncodedPath, out error) is { } same && Held(file, same)) return file;
        var path = Path.Combine(folder, name);
        return Stat(FileStatus.Encode(path), out error) is { } stamp ? OpenAnew(name, path, stamp, out error) : null;
    }

    private static FileStamp? Stat(byte[] path, out ContentError error)
    {
        error = FileStatus.Read(path, out var status) switch
        {
            Errno.None => status.IsFolder ? ContentError.BadPath : ContentError.None,
            Errno.EACCES => ContentError.AccessDenied,
            _ => ContentError.NotFound, // a loop of links is as good as nothing there
        };
        return error == ContentError.None ? FileStamp.Of(status) : null;
    }

    private bool Held(OpenFile file, FileStamp stamp)
    {
        if (file.Stamp != stamp || !file.TryHold()) return false;
        file.LastUsed = Interlocked.Increment(ref _clock);
        return true;
    }

    private OpenFile? OpenAnew(string name, string path, FileStamp stamp, out ContentError error)
    {
        lock (_opening)
        {
            error = ContentError.None;
            if (_files.TryGetValue(name, out var opened) && Held(opened, stamp)) return opened;
            Drop(name);
            if (!MakeRoom())
            {
                error = ContentError.TooManyOpen;
                return null;
            }
            var file = TryOpen(name, path, stamp, out error);
            if (file is null || !file.TryHold()) return null;
            file.LastUsed = Interlocked.Increment(ref _clock);
            _files[name] = file;
            return file;
        }
    }

    private OpenFile? TryOpen(string name, string path, FileStamp stamp, out ContentError error)
    {
        error = ContentError.None;
        try
        {
            // Pipes and devices have length 0, and would block when opened.
            if (stamp.Length == 0) return new OpenFile(name, path, File.OpenHandle("/dev/null"), stamp);
            // ReadWrite: who writes the file in place is not hindered.
            var handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete, options: FileOptions.SequentialScan);
            if (within is null || RealPath.Of(handle)?.StartsWith(within, StringComparison.Ordinal) == true)
                return new OpenFile(name, path, handle, FileStamp.Of(handle));
            handle.Dispose();
            error = ContentError.BadPath;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            error = ReasonOf(failure);
        }
        return null;
    }

    /// <summary>Why a file that is there can't be opened. Where descriptors are used up it is, in a moment: who is told that it is not there gives up.</summary>
    internal static ContentError ReasonOf(Exception failure) => failure switch
    {
        UnauthorizedAccessException => ContentError.AccessDenied,
        { HResult: (int)Errno.EMFILE or (int)Errno.ENFILE or (int)Errno.ENOMEM } => ContentError.TooManyOpen,
        _ => ContentError.NotFound,
    };

    // The least recently used of those that nobody reads.
    private bool MakeRoom()
    {
        if (_files.Count < capacity) return true;
        var victim = _files.Values.Where(file => file.IsIdle).MinBy(file => file.LastUsed);
        if (victim is null) return false;
        Drop(victim.Name);
        return true;
    }

    private void Drop(string name)
    {
        if (_files.TryRemove(name, out var file)) file.Dispose();
    }

    public void Dispose()
    {
        foreach (var name in _files.Keys) Drop(name);
    }
}
