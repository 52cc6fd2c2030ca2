namespace NetBootFabric.Node.Wiring;

/// <summary>Calls back once the file has changed and been left alone for a moment: editors write in several steps, and often by a rename.</summary>
internal sealed class FileWatch : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    private readonly FileSystemWatcher _watcher;
    private readonly ITimer _settled;

    public FileWatch(FileInfo file, Action changed, TimeProvider time)
    {
        _settled = time.CreateTimer(_ => changed(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _watcher = new FileSystemWatcher(file.DirectoryName!, file.Name) { NotifyFilter = NotifyFilters.LastWrite | NotifyFilters.FileName | NotifyFilters.Size };
        _watcher.Changed += Touched;
        _watcher.Created += Touched;
        _watcher.Renamed += Touched;
        _watcher.EnableRaisingEvents = true;
    }

    private void Touched(object sender, FileSystemEventArgs change) => _settled.Change(Moment, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _watcher.Dispose();
        _settled.Dispose();
    }
}
