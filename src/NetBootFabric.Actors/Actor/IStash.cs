namespace NetBootFabric.Actors.Actor;

/// <summary>A message put aside and its sender.</summary>
public readonly record struct Envelope(object Message, IActorRef? Sender);

public interface IWithUnrestrictedStash
{
    IStash Stash { get; set; }
}

/// <summary>An actor that may put messages aside.</summary>
public interface IWithStash : IWithUnrestrictedStash;

public interface IWithUnboundedStash : IWithUnrestrictedStash;

public interface IStash
{
    int Count { get; }
    bool IsEmpty { get; }
    bool NonEmpty { get; }
    bool IsFull { get; }
    int Capacity { get; }

    /// <summary>Puts the message in work aside.</summary>
    /// <exception cref="StashOverflowException">The stash is full.</exception>
    /// <exception cref="IllegalActorStateException">It was stashed already.</exception>
    void Stash();

    /// <summary>Brings the oldest back, before the rest of the mailbox.</summary>
    void Unstash();

    void UnstashAll();
    void UnstashAll(Func<Envelope, bool> predicate);
    IEnumerable<Envelope> ClearStash();
    void Prepend(IEnumerable<Envelope> envelopes);
}
