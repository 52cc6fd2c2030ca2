using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NetBootFabric.AdminApi;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Node.Logging;
using NetBootFabric.Node.Power;

namespace NetBootFabric.Node.Wiring;

/// <summary>Reads the file again and puts its subnets in force; a file with a mistake changes nothing.</summary>
internal sealed class ConfigurationReload(FileInfo file, NodeOptions started, PowerKeys power, CatalogService catalog, IHostApplicationLifetime application, ILogger log)
{
    private readonly Lock _one = new();

    public ReloadResult Run()
    {
        lock (_one)
        {
            var result = ConfigurationReader.ReadFile(file.FullName);
            foreach (var mistake in result.Mistakes) log.NotApplied(file.FullName, mistake.ToString());
            foreach (var warning in result.Warnings) log.ConfigurationWarning(warning.ToString());
            var later = result.Options is { } options && application.ApplicationStarted.IsCancellationRequested ? Apply(options) : [];
            return new ReloadResult(result.Options is not null, [.. result.Mistakes.Select(each => each.ToString())], [.. result.Warnings.Select(each => each.ToString()), .. later]);
        }
    }

    /// <returns>A sentence for each key that waits for the next start, and for what the operator should know.</returns>
    private List<string> Apply(NodeOptions options)
    {
        var later = StartKeys.Changed(started, options).ToList();
        foreach (var key in later) log.NeedsRestart(key, file.FullName);
        power.Use(options.Power);
        var warnings = catalog.Keeper.Reconfigure(options.Room, options.Catalog);
        foreach (var warning in warnings) log.ConfigurationWarning(warning);
        log.Applied(file.FullName, options.Room.Subnets.Length);
        return [.. later.Select(key => $"'{key}' was changed: takes effect at the next start of netbootd"), .. warnings];
    }
}

/// <summary>What only a start can change: sockets and the store.</summary>
internal static class StartKeys
{
    public static IEnumerable<string> Changed(NodeOptions started, NodeOptions now)
    {
        if (started.Node != now.Node) yield return "node";
        if (started.Store != now.Store) yield return "store";
        if (!started.Interfaces.SequenceEqual(now.Interfaces)) yield return "interfaces";
        if (started.Files != now.Files) yield return "files";
        if (started.HttpPort != now.HttpPort) yield return "http";
        if (started.Tftp != now.Tftp) yield return "tftp";
        if (!started.Admin.Equals(now.Admin)) yield return "admin";
        if (!Equals(started.Cluster, now.Cluster)) yield return "cluster";
        if (started.AkkaSettings != now.AkkaSettings) yield return "akka";
        if (started.Traces != now.Traces) yield return "telemetry";
        if (started.RouterAdvertisements != now.RouterAdvertisements) yield return "router_advertisements";
    }
}
