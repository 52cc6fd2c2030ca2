using Microsoft.Extensions.Hosting;

namespace NetBootFabric.Node.Wiring;

/// <summary>
/// One part of a head node. The host starts them in the order in which <see cref="HeadNodeHost"/> names them and stops them in the reverse one; what one makes at its start, others see from then
/// on. One that was not started, or only half, can be stopped.
/// </summary>
internal abstract class Subsystem : IHostedService
{
    private readonly Stack<Func<ValueTask>> _closers = new();

    public abstract Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Closes what was made, the latest first.</summary>
    public virtual async Task StopAsync(CancellationToken cancellationToken)
    {
        while (_closers.TryPop(out var close)) await close();
    }

    protected void Closing(Func<ValueTask> close) => _closers.Push(close);

    protected T Closing<T>(T part) where T : IDisposable
    {
        _closers.Push(() =>
        {
            part.Dispose();
            return ValueTask.CompletedTask;
        });
        return part;
    }
}
