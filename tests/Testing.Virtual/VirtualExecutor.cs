using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;

namespace NetBootFabric.Testing.Virtual;

/// <summary>How a system's dispatchers find their node.</summary>
internal sealed class NodeSetup(SimulatedNode node) : Setup
{
    public SimulatedNode Node => node;
}

/// <summary>Named in a dispatcher's settings (<c>executor</c>): what the dispatcher runs, its node's queue runs.</summary>
public sealed class VirtualExecutorConfigurator(Config config, IDispatcherPrerequisites prerequisites) : ExecutorServiceConfigurator(config, prerequisites)
{
    /// <summary>For a dispatcher's settings.</summary>
    public static string Name { get; } = $"{typeof(VirtualExecutorConfigurator).FullName}, {typeof(VirtualExecutorConfigurator).Assembly.GetName().Name}";

    public override ExecutorService Produce(string id) => new VirtualExecutor(id, Prerequisites.Settings.Setup.Get<NodeSetup>().Value.Node);

    private sealed class VirtualExecutor(string id, SimulatedNode node) : ExecutorService(id)
    {
        public override void Execute(IRunnable run) => node.Execute(run);

        public override void Shutdown() { }
    }
}
