using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace NetBootFabric.Node.Wiring;

/// <summary>
/// The process's life, by signals and as a service: SIGTERM and SIGINT end the node after draining, a second one at once; SIGHUP reads the configuration again; systemd is told when clients are
/// served and when no more.
/// </summary>
internal sealed class ServiceLifetime(IHostApplicationLifetime application, ConfigurationReload reload, ServedInterfaces interfaces, ServiceManager manager) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _asked;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT }) _registrations.Add(PosixSignalRegistration.Create(signal, End));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            reload.Run();
        }));
        application.ApplicationStarted.Register(() => manager.Ready($"serves {interfaces.Names}"));
        application.ApplicationStopping.Register(manager.Stopping);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

    private void End(PosixSignalContext context)
    {
        context.Cancel = Interlocked.Increment(ref _asked) == 1;
        if (context.Cancel) ThreadPool.UnsafeQueueUserWorkItem(static application => application.StopApplication(), application, preferLocal: false);
    }
}
