namespace NetBootFabric.Node.Wiring;

/// <summary>
/// Calls back once the file has changed and been left alone for a moment: editors write in several steps, and often by a rename. It looks, since the
/// kernel can only tell of all changes in a folder: of every write to a database that lies there, too.
/// </summary>
internal sealed class FileWatch : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(500);

    private readonly FileInfo _file;
    private readonly Action _changed;
    private readonly ITimer _timer;
    private (DateTime At, long Length) _seen;
    private bool _unsettled;

    public FileWatch(FileInfo file, Action changed, TimeProvider time)
    {
        (_file, _changed, _seen) = (new FileInfo(file.FullName), changed, Look(file));
        _timer = time.CreateTimer(static watch => ((FileWatch)watch!).Compare(), this, Moment, Moment);
    }

    public void Dispose() => _timer.Dispose();

    private void Compare()
    {
        var now = Look(_file);
        var isNew = now != _seen;
        var settled = _unsettled && !isNew && now.Length >= 0;
        (_seen, _unsettled) = (now, isNew || (_unsettled && !settled));
        if (settled) _changed();
    }

    /// <summary>A length of -1: it is not there now.</summary>
    private static (DateTime At, long Length) Look(FileInfo file)
    {
        file.Refresh();
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : (default, -1);
    }
}
