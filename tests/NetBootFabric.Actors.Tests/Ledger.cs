namespace NetBootFabric.Actors.Tests;

internal sealed record Put(string Text);

internal sealed record PutAll(params string[] Texts);

internal sealed record PutAsync(string Text);

internal sealed record Defer(string Text);

internal sealed record PutThenFail(string Text);

internal sealed record PutUnknown;

internal sealed record Show;

internal sealed record Stop;

internal sealed record Save;

internal sealed record Trim;

/// <summary>A persistent actor that keeps texts, answers a command after its commit, and reports its life to a probe.</summary>
internal sealed class Ledger : ReceivePersistentActor
{
    private readonly IActorRef _probe;
    private readonly List<string> _texts = [];

    public Ledger(string id, IActorRef probe)
    {
        PersistenceId = id;
        _probe = probe;
        Recover<string>(text => text != "poison", _texts.Add);
        Recover<string>(_ => throw new InvalidOperationException("can't be replayed"));
        Recover<SnapshotOffer>(offer => _texts.AddRange(((string)offer.Snapshot).Split(',')));
        Recover<RecoveryCompleted>(_ => _probe.Tell($"recovered {_texts.Count} at {LastSequenceNr}"));
        Command<Put>(put => Persist(put.Text, Keep));
        Command<PutAll>(put => PersistAll(put.Texts, Keep));
        Command<PutAsync>(put =>
        {
            PersistAsync(put.Text, Keep);
            Sender.Tell("asked " + put.Text);
        });
        Command<Defer>(defer => DeferAsync(defer.Text, text => Sender.Tell("deferred " + text)));
        Command<PutThenFail>(put =>
        {
            Persist(put.Text, Keep);
            throw new InvalidOperationException("after Persist");
        });
        Command<PutUnknown>(_ => Persist(new object(), _ => Sender.Tell("impossible")));
        Command<Show>(_ => Sender.Tell(string.Join(',', _texts)));
        Command<Stop>(_ => Context.Stop(Self));
        Command<Save>(_ => SaveSnapshot(string.Join(',', _texts)));
        Command<Trim>(_ => DeleteMessages(LastSequenceNr));
        Command<Fail>(fail => throw fail.Cause);
        Command<SaveSnapshotSuccess>(saved => _probe.Tell($"saved {saved.Metadata.SequenceNr}"));
        Command<DeleteMessagesSuccess>(deleted => _probe.Tell($"deleted to {deleted.ToSequenceNr}"));
    }

    public override string PersistenceId { get; }

    private void Keep(string text)
    {
        _texts.Add(text);
        Sender.Tell($"kept {text} {LastSequenceNr}");
    }

    protected override void PostStop() => _probe.Tell("stopped");

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) => _probe.Tell("rejected");

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => _probe.Tell($"failed {sequenceNr}");

    protected override void OnRecoveryFailure(Exception reason, object? message = null) => _probe.Tell("not recovered: " + reason.Message);
}
