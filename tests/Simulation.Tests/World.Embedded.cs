namespace NetBootFabric.Simulation.Tests;

internal sealed partial class World
{
    public DeterministicDispatcher Dispatcher => _runtime.Dispatcher;

    private bool RunOne()
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(Dispatcher.Context);
        try
        {
            return Dispatcher.RunOne();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }
}
