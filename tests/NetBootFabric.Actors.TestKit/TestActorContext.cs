namespace NetBootFabric.Actors.TestKit;

/// <summary>Keeps the test actor as implicit sender over the awaits of an asynchronous test.</summary>
internal sealed class TestActorContext(ActorCell cell, SynchronizationContext? inner) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state)
    {
        if (inner is null) ThreadPool.QueueUserWorkItem(_ => Run(d, state));
        else inner.Post(_ => Run(d, state), null);
    }

    public override void Send(SendOrPostCallback d, object? state) => Run(d, state);

    public override void OperationStarted() => inner?.OperationStarted();

    public override void OperationCompleted() => inner?.OperationCompleted();

    public override SynchronizationContext CreateCopy() => this;

    private void Run(SendOrPostCallback callback, object? state)
    {
        var (context, actor) = (Current, ActorCell.SetCurrent(cell));
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        finally
        {
            SetSynchronizationContext(context);
            ActorCell.SetCurrent(actor);
        }
    }
}
