using System.Runtime.Serialization;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Ledger;

/// <summary>
/// Remembers the boots of one shard's clients: writes what <see cref="ShardRecords"/> gathers, many clients' milestones in one event, and a snapshot once the events since the
/// last outweigh it. When a write fails it ends, as persistent actors do, and <see cref="LedgerKeeper"/> starts it again: what is unwritten is in the records.
/// </summary>
internal sealed class ShardLedger : UntypedPersistentActor, IWithTimers
{
    /// <summary>Octets of events below which no snapshot is worth its write.</summary>
    private const int FewOctets = 64 * 1024;

    private readonly int _shard;
    private readonly ShardRecords _records;
    private readonly LedgerPace _pace;
    private readonly TimeProvider _time;

    /// <summary>What was read so far; null: nothing is to be read, it is known from an earlier run.</summary>
    private Dictionary<ulong, ClientState>? _read;
    private long _octets;
    private DateTimeOffset _writeAt;
    private bool _isWriting;
    private bool _ends;

    public ShardLedger(int shard, ShardRecords records, LedgerPace pace, TimeProvider time)
    {
        (_shard, _records, _pace, _time) = (shard, records, pace, time);
        _read = records.IsRead ? null : [];
    }

    public override string PersistenceId => NameOf(_shard);

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Part of the stored format.</summary>
    public static string NameOf(int shard) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"ledger-{shard}");

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case SnapshotOffer { Snapshot: LedgerSnapshot snapshot }: Take(snapshot); break;
            case LedgerWritten written: Take(written); break;
            case RecoveryCompleted: Ready(); break;
            default: Unhandled(message); break;
        }
    }

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case ToWrite: Plan(); break;
            case WriteNow: Write(); break;
            case EndLedger: End(); break;
            case SaveSnapshotSuccess saved: Prune(saved.Metadata.SequenceNr); break;
            case SaveSnapshotFailure failed: Log.Debug("no snapshot of {0}: {1}", PersistenceId, failed.Cause.Message); break;
            case DeleteMessagesSuccess or DeleteSnapshotsSuccess or DeleteMessagesFailure or DeleteSnapshotsFailure: break;
            default: Unhandled(message); break;
        }
    }

    private void Take(LedgerSnapshot snapshot)
    {
        if (_read is null) return;
        foreach (var (mac, entry) in LedgerFormat.Read(snapshot.Pack)) Take(mac, () => _read[mac] = PackedClient.Read(new MacAddress(mac), entry.Span));
    }

    private void Take(LedgerWritten written)
    {
        _octets += written.Pack.Length;
        if (_read is null) return;
        foreach (var (mac, entry) in LedgerFormat.Read(written.Pack))
            Take(mac, () => _read[mac] = Milestones.Apply(_read.GetValueOrDefault(mac) ?? new ClientState { Mac = new MacAddress(mac) }, BootAdvancedFormat.Read(entry.Span)));
    }

    /// <summary>One client's entry that is damaged takes nothing from the others.</summary>
    private void Take(ulong mac, Action take)
    {
        try
        {
            take();
        }
        catch (SerializationException damaged)
        {
            Log.Warning("{0}: what is stored of {1} can't be read: {2}", PersistenceId, new MacAddress(mac), damaged.Message);
        }
    }

    private void Ready()
    {
        if (_read is not null) _records.Adopt(_read.Values);
        Context.Parent.Tell(new LedgerRead(_shard, [.. _read?.Values.Where(client => BootMachine.Deadline(client) is not null) ?? []]), Self);
        _read = null;
        Plan();
    }

    /// <summary>Soon when it is quiet; once in a while in a storm, so that a thousand clients' milestones share an event.</summary>
    private void Plan()
    {
        if (_isWriting || Timers.IsTimerActive(WriteNow.Instance) || !_records.HasUnwritten) return;
        var now = _time.GetUtcNow();
        var wait = _writeAt - now;
        Timers.StartSingleTimer(WriteNow.Instance, WriteNow.Instance, wait > _pace.Quiet ? wait : _pace.Quiet);
    }

    private void Write()
    {
        if (_isWriting) return;
        if (_records.TakeUnwritten() is not { } pack)
        {
            if (_ends) Context.Stop(Self);
            return;
        }
        _isWriting = true;
        _writeAt = _time.GetUtcNow() + _pace.Storm;
        PersistAsync(new LedgerWritten(pack), Written);
    }

    private void Written(LedgerWritten written)
    {
        _isWriting = false;
        _records.Written();
        _octets += written.Pack.Length;
        Context.Parent.Tell(new LedgerWorks(_shard), Self);
        if (_ends) Write();
        else Plan();
        if (_octets > FewOctets && _octets > _records.Size) Snapshot();
    }

    private void Snapshot()
    {
        _octets = 0;
        SaveSnapshot(new LedgerSnapshot(_records.Snapshot()));
    }

    private void Prune(long sequenceNr)
    {
        DeleteMessages(sequenceNr);
        DeleteSnapshots(new SnapshotSelectionCriteria(sequenceNr - 1));
    }

    /// <summary>In order: what is unwritten is written first.</summary>
    private void End()
    {
        _ends = true;
        Write();
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => Fail(cause);

    /// <summary>The actor would go on: it starts anew all the same, so that there is one way back.</summary>
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        Fail(cause);
        Context.Stop(Self);
    }

    protected override void OnRecoveryFailure(Exception reason, object? message = null) => Fail(reason);

    private void Fail(Exception cause)
    {
        _records.NotWritten();
        Context.Parent.Tell(new LedgerFailed(_shard, cause.Message), Self);
    }
}

/// <summary>Something of the shard is to be written.</summary>
internal sealed record ToWrite(int Shard);

internal sealed record WriteNow
{
    public static WriteNow Instance { get; } = new();
}

internal sealed record EndLedger
{
    public static EndLedger Instance { get; } = new();
}

/// <param name="Awaited">Clients whose boot was going on.</param>
internal sealed record LedgerRead(int Shard, IReadOnlyList<ClientState> Awaited);

internal sealed record LedgerWorks(int Shard);

internal sealed record LedgerFailed(int Shard, string Reason);
