using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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
        log.Starting(options.Node, Product.Version, Engine.Name, options.Store.Kind.ToString().ToLowerInvariant());
        try
        {
            await RunAsync(HeadNodeHost.Build(file, options, logs), cancellation);
            log.Stopped();
            return 0;
        }
        catch (Exception fault) when (fault is SocketSetupException or StoreUnavailableException or IOException)
        {
            log.CantStart(fault.Message);
            return 2;
        }
    }

    private static async Task RunAsync(IHost host, CancellationToken cancellation)
    {
        using var _ = host;
        try
        {
            await host.StartAsync(cancellation);
            await host.WaitForShutdownAsync(cancellation);
        }
        catch (OperationCanceledException) when (IsStopping(host))
        {
            // A signal came during the start.
            await host.StopAsync(CancellationToken.None);
        }
        catch
        {
            await host.StopAsync(CancellationToken.None);
            throw;
        }
    }

    private static bool IsStopping(IHost host) => host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;
}
