using NetBootFabric.Cluster.Messages;

namespace NetBootFabric.Cluster.Clients;

/// <summary>Looks at the clients whose time has come by the <see cref="ClientClock"/>: one whose deadline has moved is looked at later, without its actor.</summary>
internal sealed class ClientWatch : UntypedActor, IWithTimers
{
    private readonly FabricServices _services;
    private readonly IActorRef _region;

    public ClientWatch(FabricServices services, IActorRef region)
    {
        (_services, _region) = (services, region);
        var self = Self;
        services.Clock.Start(time => self.Tell(new Arm(time), ActorRefs.NoSender));
        Look();
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void OnReceive(object message)
    {
        if (message is Arm arm) Timers.StartSingleTimer(Due.Instance, Due.Instance, arm.Time);
        else if (message is Due) Look();
        else Unhandled(message);
    }

    private void Look()
    {
        var now = _services.Time.GetUtcNow();
        var (clients, actors) = _services.Clock.Take(now);
        foreach (var client in clients)
        {
            if (!_services.Board.RecordsOf(client).TryGlance(client, out var glance) || glance.Due == 0) continue;
            if (glance.Due <= now.UtcTicks) _region.Tell(new Wake(client), ActorRefs.NoSender);
            else _services.Clock.Await(client, new DateTimeOffset(glance.Due, TimeSpan.Zero), now);
        }
        foreach (var actor in actors) actor.Tell(BootClient.Tick.Instance, ActorRefs.NoSender);
    }

    private sealed record Arm(TimeSpan Time);

    private sealed record Due
    {
        public static Due Instance { get; } = new();
    }
}
