namespace NetBootFabric.Actors.Actor;

/// <summary>The stash of one incarnation. It holds no memory while empty.</summary>
internal sealed class StashBox(ActorCell cell, int capacity) : IStash
{
    private List<Mail>? _mails;

    public int Count => _mails?.Count ?? 0;
    public bool IsEmpty => Count == 0;
    public bool NonEmpty => Count > 0;
    public bool IsFull => Count >= capacity;
    public int Capacity => capacity;

    public void Stash()
    {
        var mail = cell.CurrentMail;
        if (_mails is { Count: > 0 } && ReferenceEquals(_mails[^1], mail))
            throw new IllegalActorStateException($"Can't stash the same message {mail.Message} more than once");
        if (IsFull) throw new StashOverflowException($"Couldn't enqueue message {mail.Message.GetType()} to stash of {cell.Self}, which holds {capacity}");
        (_mails ??= []).Add(mail);
    }

    public void Unstash()
    {
        if (_mails is not { Count: > 0 } mails) return;
        cell.Prepend([mails[0]]);
        mails.RemoveAt(0);
    }

    public void UnstashAll() => UnstashAll(static _ => true);

    public void UnstashAll(Func<Envelope, bool> predicate)
    {
        if (_mails is not { } mails) return;
        _mails = null;
        cell.Prepend([.. mails.Where(mail => predicate(ToEnvelope(mail)))]);
    }

    public IEnumerable<Envelope> ClearStash()
    {
        var mails = _mails ?? [];
        _mails = null;
        return [.. mails.Select(ToEnvelope)];
    }

    public void Prepend(IEnumerable<Envelope> envelopes) =>
        (_mails ??= []).InsertRange(0, envelopes.Select(static envelope => new Mail(envelope.Message, envelope.Sender)));

    private static Envelope ToEnvelope(Mail mail) => new(mail.Message, mail.Sender);
}
