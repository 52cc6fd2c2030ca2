namespace NetBootFabric.Testing.Virtual;

/// <summary>
/// Akka.Persistence's journal over the <see cref="VirtualJournalStore"/> that its system was set up with. It speaks the journal's protocol itself, without the tasks and the circuit
/// breaker of AsyncWriteJournal, which go by the machine's clock.
/// </summary>
public sealed class VirtualJournal : ReceiveActor
{
    private readonly VirtualJournalStore _store = Context.System.Settings.Setup.Get<VirtualJournalStore>().Value;
    private readonly StoredItems _items = new(Context.System);

    public VirtualJournal()
    {
        Receive<WriteMessages>(Write);
        Receive<ReplayMessages>(Replay);
        Receive<DeleteMessagesTo>(Delete);
    }

    private void Write(WriteMessages write)
    {
        var events = write.Messages.OfType<AtomicWrite>().SelectMany(Of).ToList();
        if (events.Count == 0)
        {
            Tell(write, failure: null);
            return;
        }
        _store.Append(events[0].PersistenceId, [.. events.Select(each => _items.Write(each.SequenceNr, each.Payload))], failure => Tell(write, failure));
    }

    private static void Tell(WriteMessages write, Exception? failure)
    {
        var writer = write.PersistentActor;
        writer.Tell(failure is null ? WriteMessagesSuccessful.Instance : new WriteMessagesFailed(failure, write.Messages.Count()), ActorRefs.NoSender);
        foreach (var message in write.Messages)
        {
            if (message is not AtomicWrite atomic)
            {
                writer.Tell(new LoopMessageSuccess(message.Payload, write.ActorInstanceId), message.Sender);
                continue;
            }
            foreach (var each in Of(atomic))
                writer.Tell(failure is null ? new WriteMessageSuccess(each, write.ActorInstanceId) : new WriteMessageFailure(each, failure, write.ActorInstanceId), each.Sender);
        }
    }

    private void Replay(ReplayMessages replay) => _store.Read(replay.PersistenceId, (stream, failure) =>
    {
        var reader = replay.PersistentActor;
        if (stream is null)
        {
            reader.Tell(new ReplayMessagesFailure(failure!), ActorRefs.NoSender);
            return;
        }
        foreach (var item in stream.Events.Where(item => item.SequenceNr >= replay.FromSequenceNr && item.SequenceNr <= replay.ToSequenceNr).Take((int)Math.Min(replay.Max, int.MaxValue)))
            reader.Tell(new ReplayedMessage(new Persistent(_items.Read(item), item.SequenceNr, replay.PersistenceId, item.Manifest)), ActorRefs.NoSender);
        reader.Tell(new RecoverySuccess(stream.Highest), ActorRefs.NoSender);
    });

    private void Delete(DeleteMessagesTo delete) => _store.DeleteEvents(delete.PersistenceId, delete.ToSequenceNr, failure =>
        delete.PersistentActor.Tell(failure is null ? new DeleteMessagesSuccess(delete.ToSequenceNr) : new DeleteMessagesFailure(failure, delete.ToSequenceNr), ActorRefs.NoSender));

    private static IEnumerable<IPersistentRepresentation> Of(AtomicWrite write) => (IEnumerable<IPersistentRepresentation>)write.Payload;
}
