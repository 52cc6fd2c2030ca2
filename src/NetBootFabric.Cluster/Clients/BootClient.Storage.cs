using NetBootFabric.Boot.Clients;
using NetBootFabric.Cluster.Messages;

namespace NetBootFabric.Cluster.Clients;

public sealed partial class BootClient
{
    /// <summary>Two boots' worth of events: replay stays short, and a snapshot is written every other boot only.</summary>
    private const int EventsPerSnapshot = 16;

    private long _snapshotAt;

    private void Keep(ClientState before, ClientState now)
    {
        var events = Milestones.Between(before, now, IsKnown);
        if (events.Length > 0) PersistAllAsync(events, _ => Snapshot());
    }

    /// <summary>The store itself says, once, that it can't be written: not each of ten thousand clients.</summary>
    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Log.Debug("{0} is not kept: {1}", PersistenceId, cause.Message);

    private void Snapshot()
    {
        if (LastSequenceNr - _snapshotAt < EventsPerSnapshot) return;
        _snapshotAt = LastSequenceNr;
        SaveSnapshot(_state);
    }

    private void Prune(SaveSnapshotSuccess saved)
    {
        DeleteMessages(saved.Metadata.SequenceNr);
        DeleteSnapshots(new SnapshotSelectionCriteria(saved.Metadata.SequenceNr - 1));
    }

    private void Recovered(BootAdvanced stored) => _state = Milestones.Apply(_state, stored);

    private void Recovered(SnapshotOffer offer)
    {
        _snapshotAt = offer.Metadata.SequenceNr;
        if (offer.Snapshot is ClientState state) _state = state;
    }

    /// <summary>An earlier actor of this client on this node knew more than it could write: its disk was full. It is written with the next milestone; a write now that fails would end this actor before its first message.</summary>
    private void Ready()
    {
        if (_services.Board.Find(_state.Mac) is { } shown && shown.Current?.LastHeard >= (_state.Current?.LastHeard ?? DateTimeOffset.MinValue)) _state = shown;
        else if (_state.Current is not null) _services.Board.Post(_state, entered: false);
        Watch();
    }
}
