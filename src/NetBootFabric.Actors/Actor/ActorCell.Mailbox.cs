namespace NetBootFabric.Actors.Actor;

internal sealed partial class ActorCell
{
    private MailQueue _mails;
    private SystemQueue _systemMessages;
    private int _scheduled;
    private volatile bool _paused;
    private volatile bool _closed;

    public bool IsTerminated => _closed;

    /// <summary>Queues a message; any thread. Over the capacity, and after the end, it becomes a dead letter.</summary>
    public void Enqueue(object message, IActorRef? sender)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_closed || !_mails.TryPush(new Mail(message, sender), system.Setup.MailboxCapacity))
        {
            system.PublishDeadLetter(new DeadLetter(message, sender ?? system.DeadLetters, self));
            return;
        }
        // Whoever ends the pause looks at the mailbox himself.
        if (!_paused) Schedule();
    }

    public void Enqueue(SystemMessage message)
    {
        _systemMessages.Push(message);
        Schedule();
    }

    /// <summary>Puts the message in work off until the actor takes held mail again.</summary>
    public void HoldCurrentMail() => _mails.Hold(_mail!);

    public int HeldCount => _mails.HeldCount;

    public Mail CurrentMail => _mail!;

    /// <summary>Someone has asked for its stop; that message overtakes the mailbox.</summary>
    public bool StopRequested { get; set; }

    /// <summary>Lets code run as if that message were in work, so that Sender is its sender.</summary>
    public MailScope WithMail(Mail? mail)
    {
        var scope = new MailScope(this, _mail);
        _mail = mail;
        return scope;
    }

    internal readonly struct MailScope(ActorCell cell, Mail? outer) : IDisposable
    {
        public void Dispose() => cell._mail = outer;
    }

    public void Prepend(IReadOnlyList<Mail> mails) => _mails.Prepend(mails);

    void IThreadPoolWorkItem.Execute()
    {
        var outer = s_current;
        s_current = this;
        try
        {
            RunSystemMessages();
            RunMails();
        }
        finally
        {
            s_current = outer;
        }
        // A full fence: what is pushed after it schedules the cell itself, what was pushed before it is seen below.
        Interlocked.Exchange(ref _scheduled, 0);
        if (HasWork) Schedule();
    }

    private bool HasWork => !_systemMessages.IsEmpty || (!_paused && _mails.HasMail(TakesHeldMail));

    private bool TakesHeldMail => _closed || _actor is null || _actor.TakesHeldMail;

    private void Schedule()
    {
        if (Volatile.Read(ref _scheduled) == 0 && Interlocked.CompareExchange(ref _scheduled, 1, 0) == 0) system.Dispatcher.Execute(this);
    }

    private void RunSystemMessages()
    {
        while (_systemMessages.TakeAll() is { } message)
        {
            for (SystemMessage? next; ; message = next)
            {
                next = message.Next;
                message.Next = null;
                HandleGuarded(message);
                if (next is null) break;
            }
        }
    }

    private void RunMails()
    {
        for (var left = system.Dispatcher.Throughput; left > 0 && !_paused && !_closed; left--)
        {
            var mail = _mails.Take(TakesHeldMail);
            if (mail is null) break;
            Invoke(mail);
            if (!_systemMessages.IsEmpty) RunSystemMessages();
        }
        if (_closed) DiscardMails();
    }

    private void Invoke(Mail mail)
    {
        try
        {
            NoteActivity(mail.Message);
            Receive(mail);
        }
        catch (Exception failure)
        {
            Fail(failure, mail.Message);
        }
        finally
        {
            if (!_asyncRunning) _mail = null;
        }
    }

    private void DiscardMails()
    {
        while (_mails.Take(heldToo: true) is { } mail)
            system.PublishDeadLetter(new DeadLetter(mail.Message, mail.Sender ?? system.DeadLetters, self));
    }
}
