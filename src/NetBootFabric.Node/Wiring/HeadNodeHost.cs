using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NetBootFabric.Arp;
using NetBootFabric.Boot.Clocks;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Boot.Storms;
using NetBootFabric.Boot.Transfers;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Node.Metrics;
using NetBootFabric.Node.Power;

namespace NetBootFabric.Node.Wiring;

/// <summary>A head node as a generic host: its subsystems in the order of their start.</summary>
internal static class HeadNodeHost
{
    /// <param name="file">The configuration that <paramref name="options"/> were read from, and are read from again.</param>
    public static IHost Build(FileInfo file, NodeOptions options, ILoggerFactory logs)
    {
        // No settings beside the one file: not from the environment, not from a folder that the process happens to be in.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true, ApplicationName = "netbootd" });
        builder.Services.Replace(ServiceDescriptor.Singleton(logs));
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, ServiceLifetime>());
        // Draining has a limit of its own.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        builder.Services
            .AddSingleton(file)
            .AddSingleton(options)
            .AddSingleton(logs.CreateLogger("netbootd"))
            .AddSingleton<TimeProvider>(SteadyTime.OfMachine())
            .AddSingleton(StartTime.Now(TimeProvider.System))
            .AddState(options)
            .AddSubsystems();
        builder.Services.AddNodeHealth();
        return builder.Build();
    }

    /// <summary>What is there before anything starts, and does nothing by itself.</summary>
    private static IServiceCollection AddState(this IServiceCollection services, NodeOptions options) => services
        .AddSingleton(new RoomKeeper(options.Room))
        .AddSingleton(new PowerKeys(options.Power))
        .AddSingleton(HostAddresses.Read())
        .AddSingleton<WireAlarms>()
        .AddSingleton<MetricCollector>()
        .AddSingleton(_ => new Meter(FabricGauges.MeterName))
        .AddSingleton(_ => new ClientBoard())
        .AddSingleton(made => new HeadBoard(made.GetRequiredService<TimeProvider>(), options.Tftp.Enabled && options.Tftp.Port == NodeOptions.DefaultTftpPort))
        .AddSingleton(made => new TransferLedger(options.Node, made.GetRequiredService<TimeProvider>()))
        .AddSingleton(made => OtherServers(made.GetRequiredService<HostAddresses>(), made.GetRequiredService<HeadBoard>()))
        .AddSingleton(made => new UplinkMeter(made.GetRequiredService<TimeProvider>()))
        .AddSingleton<FileServers>()
        .AddSingleton<LeasesInForce>()
        .AddSingleton(made => Turns(made.GetRequiredService<FileServers>(), made.GetRequiredService<UplinkMeter>(), made.GetRequiredService<TimeProvider>()))
        .AddSingleton(made => new RoomRacks(made.GetRequiredService<RoomKeeper>(), made.GetRequiredService<LeasesInForce>().HolderOf))
        .AddSingleton(made => Recorder(made.GetRequiredService<LeasesInForce>(), made.GetRequiredService<TimeProvider>()))
        .AddSingleton<ServiceManager>()
        .AddSingleton<AdminFace>()
        .AddSingleton<AdminFeatures>()
        .AddSingleton<HeadDescription>()
        .AddSingleton<DoctorChecks>()
        .AddSingleton<ConfigurationReload>();

    private static void AddSubsystems(this IServiceCollection services) => services
        .AddSubsystem<Watchdog>()
        .AddSubsystem<MeterService>()
        .AddSubsystem<ServedInterfaces>()
        .AddSubsystem<StoreService>()
        .AddSubsystem<MembershipService>()
        .AddSubsystem<CatalogService>()
        .AddSubsystem<HostAdvice>()
        .AddSubsystem<LeaseService>()
        .AddSubsystem<ClockService>()
        .AddSubsystem<ActorService>()
        .AddSubsystem<EventService>()
        .AddSubsystem<ContentService>()
        .AddSubsystem<HttpService>()
        .AddSubsystem<TftpService>()
        .AddSubsystem<DhcpListening>()
        .AddSubsystem<NeighbourService>()
        .AddSubsystem<GaugeService>()
        .AddSubsystem<PeersService>()
        .AddSubsystem<AdminService>()
        .AddSubsystem<FrontDoor>()
        .AddSubsystem<FileWatchService>();

    private static IServiceCollection AddSubsystem<T>(this IServiceCollection services) where T : class, IHostedService =>
        services.AddSingleton<T>().AddHostedService(made => made.GetRequiredService<T>());

    private static OtherDhcpServers OtherServers(HostAddresses host, HeadBoard heads) => new(address => host.IsOurs(address) || heads.IsOurs(address));

    private static BootTurns Turns(FileServers servers, UplinkMeter uplink, TimeProvider time) => new(uplink, () => servers.UplinkIsFull, time);

    private static FlightRecorder Recorder(LeasesInForce leases, TimeProvider time) => new(time, new FlightLimits(), leases.IsKnown, leases.HolderOf);
}
