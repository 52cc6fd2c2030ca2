namespace NetBootFabric.Actors.Actor;

/// <summary>One message in a mailbox, and the link to the next.</summary>
internal sealed class Mail(object message, IActorRef? sender)
{
    public Mail? Next;
    public object Message => message;
    public IActorRef? Sender => sender;
}

/// <summary>
/// The messages of one actor: a lock-free stack that any thread pushes to, which the actor takes whole and turns round into its ready list.
/// The held list keeps what a persistent actor put off; it goes before the ready list. An empty queue owns no memory beyond its fields.
/// </summary>
internal struct MailQueue
{
    private Mail? _incoming;
    private Mail? _ready;
    private Mail? _held;
    private Mail? _heldLast;
    private int _count;

    /// <summary>How many are put off.</summary>
    public int HeldCount { get; private set; }

    /// <summary>Waiting messages, the held ones included.</summary>
    public readonly int Count => Volatile.Read(in _count);

    /// <summary>False, and nothing is queued, when <paramref name="capacity"/> messages wait already.</summary>
    public bool TryPush(Mail mail, int capacity)
    {
        if (Interlocked.Increment(ref _count) > capacity)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }
        Mail? head;
        do
        {
            head = Volatile.Read(ref _incoming);
            mail.Next = head;
        } while (Interlocked.CompareExchange(ref _incoming, mail, head) != head);
        return true;
    }

    /// <summary>The oldest message. Only the actor calls it. With <paramref name="heldToo"/> those put off come first.</summary>
    public Mail? Take(bool heldToo)
    {
        var mail = heldToo && _held is not null ? TakeHeld() : TakeReady();
        if (mail is not null) Interlocked.Decrement(ref _count);
        return mail;
    }

    /// <summary>True when <see cref="Take"/> would give a message.</summary>
    public readonly bool HasMail(bool heldToo) => (heldToo && _held is not null) || _ready is not null || Volatile.Read(in _incoming) is not null;

    /// <summary>Puts a message off; it keeps its place before everything that is not held.</summary>
    public void Hold(Mail mail)
    {
        mail.Next = null;
        if (_heldLast is null) _held = mail;
        else _heldLast.Next = mail;
        _heldLast = mail;
        HeldCount++;
        Interlocked.Increment(ref _count);
    }

    /// <summary>Puts messages back before the ready ones, in their order.</summary>
    public void Prepend(IReadOnlyList<Mail> mails)
    {
        for (var i = mails.Count - 1; i >= 0; i--)
        {
            mails[i].Next = _ready;
            _ready = mails[i];
        }
        Interlocked.Add(ref _count, mails.Count);
    }

    private Mail TakeHeld()
    {
        var mail = _held!;
        _held = mail.Next;
        if (_held is null) _heldLast = null;
        HeldCount--;
        mail.Next = null;
        return mail;
    }

    private Mail? TakeReady()
    {
        if (_ready is null) TurnRound(Interlocked.Exchange(ref _incoming, null));
        var mail = _ready;
        if (mail is null) return null;
        _ready = mail.Next;
        mail.Next = null;
        return mail;
    }

    private void TurnRound(Mail? newest)
    {
        while (newest is not null)
        {
            var older = newest.Next;
            newest.Next = _ready;
            _ready = newest;
            newest = older;
        }
    }
}
