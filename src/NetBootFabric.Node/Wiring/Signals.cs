using System.Runtime.InteropServices;

namespace NetBootFabric.Node.Wiring;

/// <summary>SIGTERM and SIGINT end the node after draining, a second one at once; SIGHUP reads the configuration again.</summary>
internal sealed class Signals : IDisposable
{
    private readonly TaskCompletionSource _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<PosixSignalRegistration> _registrations = [];

    public Signals(Action reload)
    {
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT })
            _registrations.Add(PosixSignalRegistration.Create(signal, context => context.Cancel = _stop.TrySetResult()));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            reload();
        }));
    }

    /// <summary>Ends with the first SIGTERM or SIGINT.</summary>
    public Task Stop => _stop.Task;

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());
}
