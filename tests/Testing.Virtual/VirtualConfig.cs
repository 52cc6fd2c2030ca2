using Akka.Configuration;

namespace NetBootFabric.Testing.Virtual;

/// <summary>The settings that put a system into virtual time.</summary>
internal static class VirtualConfig
{
    private static readonly string Dispatcher =
        $"{{ type = Dispatcher, executor = \"{NameOf(typeof(VirtualExecutorConfigurator))}\", throughput = 1 }}"; // one message a turn: the seed can interleave actors everywhere

    /// <summary>On top of it: among other hosts of a <see cref="SimulatedNetwork"/>.</summary>
    public static Config Host { get; } = ConfigurationFactory.ParseString($"akka.actor.provider = \"{NameOf(typeof(SimulatedRefProvider))}\"");

    /// <summary>Without remoting: whatever asks or waits on a machine's clock is left out.</summary>
    public static Config Local { get; } = ConfigurationFactory.ParseString($$"""
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          loggers = []
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          scheduler.implementation = "{{NameOf(typeof(VirtualScheduler))}}"
          coordinated-shutdown.run-by-clr-shutdown-hook = off
          actor {
            provider = local
            default-dispatcher {{Dispatcher}}
            internal-dispatcher {{Dispatcher}}
            default-blocking-io-dispatcher {{Dispatcher}}
          }
          persistence {
            journal.plugin = "virtual-journal"
            snapshot-store.plugin = "virtual-snapshots"
            max-concurrent-recoveries = 1000
          }
        }
        virtual-journal { class = "{{NameOf(typeof(VirtualJournal))}}", plugin-dispatcher = "akka.actor.default-dispatcher" }
        virtual-snapshots { class = "{{NameOf(typeof(VirtualSnapshots))}}", plugin-dispatcher = "akka.actor.default-dispatcher" }
        """).WithFallback(Akka.Persistence.Persistence.DefaultConfig());

    private static string NameOf(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";
}
