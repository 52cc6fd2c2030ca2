namespace NetBootFabric.Actors.Actor;

/// <summary>Waiting system messages, a lock-free stack that its actor takes whole, oldest first.</summary>
internal struct SystemQueue
{
    private SystemMessage? _newest;

    public readonly bool IsEmpty => Volatile.Read(in _newest) is null;

    public void Push(SystemMessage message)
    {
        SystemMessage? head;
        do
        {
            head = Volatile.Read(ref _newest);
            message.Next = head;
        } while (Interlocked.CompareExchange(ref _newest, message, head) != head);
    }

    public SystemMessage? TakeAll()
    {
        var newest = Interlocked.Exchange(ref _newest, null);
        SystemMessage? oldest = null;
        while (newest is not null)
        {
            var older = newest.Next;
            newest.Next = oldest;
            oldest = newest;
            newest = older;
        }
        return oldest;
    }
}
