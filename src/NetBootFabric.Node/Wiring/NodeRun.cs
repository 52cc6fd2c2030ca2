using Microsoft.Extensions.Logging;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Node.Logging;
using NetBootFabric.Sockets;
using NetBootFabric.Storage.Writing;

namespace NetBootFabric.Node.Wiring;

/// <summary>netbootd run: from the file to a running node, and back.</summary>
internal static class NodeRun
{
    /// <returns>0: ended by a signal. 1: the configuration has mistakes. 2: the node can't start here.</returns>
    public static async Task<int> RunAsync(FileInfo file, LogFormat format, CancellationToken cancellation)
    {
        var configuration = ConfigurationReader.ReadFile(file.FullName);
        if (configuration.Options is not { } options) return ConfigurationCheck.Run(file, Console.Error);
        using var logs = Logs.Create(format);
        var log = logs.CreateLogger("netbootd");
        foreach (var warning in configuration.Warnings) log.ConfigurationWarning(warning.ToString());
        try
        {
            await RunAsync(file, options, logs, cancellation);
            log.Stopped();
            return 0;
        }
        catch (Exception fault) when (fault is SocketSetupException or StoreUnavailableException or IOException)
        {
            log.CantStart(fault.Message);
            return 2;
        }
    }

    private static async Task RunAsync(FileInfo file, NodeOptions options, ILoggerFactory logs, CancellationToken cancellation)
    {
        HeadNode? running = null;
        var reload = new ConfigurationReload(file, options, () => running, logs.CreateLogger("netbootd"));
        using var signals = new Signals(() => reload.Run());
        await using var node = await HeadNode.StartAsync(options, reload.Run, logs, cancellation);
        running = node;
        using var watch = new FileWatch(file, () => reload.Run(), TimeProvider.System);
        ServiceManager.Ready(node.Serving);
        await signals.Stop.WaitAsync(cancellation);
        ServiceManager.Stopping();
        await node.DrainAsync();
    }
}
