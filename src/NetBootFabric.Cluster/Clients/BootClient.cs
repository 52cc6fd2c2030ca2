using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Events;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Clients;

/// <summary>One booting machine: a table of contents, one message one method. What is decided stands in <see cref="BootMachine"/> and <see cref="DhcpDecision"/>.</summary>
public sealed partial class BootClient : UntypedActor
{
    private readonly FabricServices _services;
    private ClientState _state;

    /// <summary>
    /// Under which this actor was started: its successor, here or elsewhere, writes under a higher one. -1: its head node had been still, or cut off, for so long that it did not know
    /// whether the shard is its own; if it is, the next packet finds the epoch.
    /// </summary>
    private long _epoch;
    private readonly int _shard;

    public BootClient(string entityId, FabricServices services)
    {
        _services = services;
        var mac = MacAddress.Parse(entityId);
        _records = services.Board.RecordsOf(mac);
        _state = _records.Recall(mac, out _isKept) ?? new ClientState { Mac = mac };
        _shard = services.Ownership.ShardOf(_state.Mac);
        _epoch = services.Ownership.EpochOf(_shard);
        Rest();
    }

    /// <summary>A switch, since a table of handlers would cost each of ten thousand idle actors a kilobyte of delegates.</summary>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Tick: LookAtRest(); return;
            case StopClient: End(); return;
            case DhcpArrived arrived: Ask(arrived); break;
            case LeaseSettled settled: Settle(settled); break;
            case TransferSeen seen: Note(seen.Transfer); break;
            case ArpSeen seen: Advance(BootMachine.OnArp(_state, seen.Observation)); break;
            case SystemReported reported: Report(reported); break;
            case GetClient: Sender.Tell(_state); break;
            case Strangers.GiveWay: GiveWay(); break;
            case Wake: LookAtSilence(); break;
            default: Unhandled(message); break;
        }
        _isBusy = true;
    }

    private DateTimeOffset Now => _services.Time.GetUtcNow();

    /// <summary>A script says what to boot, long after DHCP when its machine was held.</summary>
    private void Note(TransferEvent seen)
    {
        if (seen.Stage == TransferStage.Started && _state.OfferedAddress == seen.Peer && DhcpDecision.Taken(seen.Peer, Circumstances()) is { } taken) _services.Leases.Commit(taken, _epoch, static _ => { });
        var next = BootMachine.OnTransfer(_state, seen);
        Advance(seen.Role == ContentRole.Script && seen.Stage == TransferStage.Started ? BootMachine.OnPlan(next, Plan()) : next);
    }

    private BootPlan Plan()
    {
        var room = _services.Rooms.Current;
        return BootPlan.Of(room, room.NodeOf(_state.Mac), _state);
    }

    private void Report(SystemReported reported)
    {
        var next = BootMachine.OnReport(_state, reported.Report);
        Advance(next.ServedFor(_services.Rooms.Current.NodeOf(_state.Mac)));
    }

    /// <summary>Takes on what is known now: shows it, keeps it if it is a milestone, and waits for what comes next.</summary>
    private void Advance(ClientState next)
    {
        if (ReferenceEquals(next, _state))
        {
            // Somebody spoke for a machine that was never heard of: nothing is worth its memory.
            if (next.Current is null) Withdraw();
            return;
        }
        var before = _state;
        _state = next;
        var entered = Milestones.Entered(before, next);
        _services.Board.Post(_records, before, next, entered);
        if (entered) Keep(before, next);
        Watch();
    }
}
