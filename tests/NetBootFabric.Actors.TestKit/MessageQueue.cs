namespace NetBootFabric.Actors.TestKit;

/// <summary>What a test actor got and the test has not looked at yet.</summary>
internal sealed class MessageQueue
{
    private readonly LinkedList<MessageEnvelope> _messages = new();
    private TaskCompletionSource _arrival = NewArrival();

    public bool HasMessages
    {
        get
        {
            lock (_messages) return _messages.Count > 0;
        }
    }

    /// <summary>Completes with the next message that comes; take it before looking, not after.</summary>
    public Task Arrival
    {
        get
        {
            lock (_messages) return _arrival.Task;
        }
    }

    public void Add(MessageEnvelope message)
    {
        TaskCompletionSource arrival;
        lock (_messages)
        {
            _messages.AddLast(message);
            (arrival, _arrival) = (_arrival, NewArrival());
        }
        arrival.SetResult();
    }

    public MessageEnvelope? Take()
    {
        lock (_messages)
        {
            var first = _messages.First?.Value;
            if (first is not null) _messages.RemoveFirst();
            return first;
        }
    }

    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
