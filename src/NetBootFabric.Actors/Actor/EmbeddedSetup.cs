using NetBootFabric.Actors.Persistence.Store;
using NetBootFabric.Actors.Serialization;

namespace NetBootFabric.Actors.Actor;

/// <summary>How an actor system of the embedded engine is set up. This type is the engine's own; Akka.NET has HOCON in its place.</summary>
public sealed record EmbeddedSetup
{
    public MessageDispatcher Dispatcher { get; init; } = ThreadPoolDispatcher.Default;

    /// <summary>The clock behind timers, timeouts and passivation.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where persistent actors write; null: no persistent actor can recover.</summary>
    public IJournalStore? JournalStore { get; init; }

    /// <summary>Makes the system one of several members; null: a cluster of one.</summary>
    public Cluster.ClusterSetup? Cluster { get; init; }

    /// <summary>The serializers of the application's events, snapshots and messages.</summary>
    public Func<ExtendedActorSystem, IEnumerable<SerializerDetails>>? Serializers { get; init; }

    /// <summary>Gets every log event at or over <see cref="LogLevel"/>, on the thread that logs.</summary>
    public Action<LogEvent>? LogSink { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.InfoLevel;

    /// <summary>Messages that wait in one mailbox at most; more become dead letters.</summary>
    public int MailboxCapacity { get; init; } = 1_000_000;

    /// <summary>Messages one stash holds at most, a persistent actor's inner stash too.</summary>
    public int StashCapacity { get; init; } = 100_000;

    /// <summary>Persistent actors that recover at the same time.</summary>
    public int MaxConcurrentRecoveries { get; init; } = 50;

    /// <summary>A recovery that the store has not answered by then fails.</summary>
    public TimeSpan RecoveryTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time of a coordinated shutdown's phase, where the phase has none of its own.</summary>
    public TimeSpan ShutdownPhaseTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
