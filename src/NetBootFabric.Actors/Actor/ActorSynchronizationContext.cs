namespace NetBootFabric.Actors.Actor;

/// <summary>Brings what follows an await back into the actor that awaited.</summary>
internal sealed class ActorSynchronizationContext(ActorCell cell, ActorBase owner) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) =>
        cell.Enqueue(new Continuation(inner => Run(d, inner), state, owner, waitsForPause: false));

    public override SynchronizationContext CreateCopy() => this;

    private void Run(SendOrPostCallback callback, object? state)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }
}
