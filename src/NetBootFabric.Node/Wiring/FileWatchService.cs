namespace NetBootFabric.Node.Wiring;

/// <summary>A configuration that was edited is put in force.</summary>
internal sealed class FileWatchService(FileInfo file, ConfigurationReload reload, TimeProvider time) : Subsystem
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Closing(new FileWatch(file, () => reload.Run(), time));
        return Task.CompletedTask;
    }
}
