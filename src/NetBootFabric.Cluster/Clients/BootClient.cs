using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Clients;

/// <summary>One booting machine: a table of contents, one message one method. What is decided stands in <see cref="BootMachine"/> and <see cref="DhcpDecision"/>.</summary>
public sealed partial class BootClient : ReceivePersistentActor, IWithTimers
{
    private readonly FabricServices _services;
    private ClientState _state;

    public BootClient(string entityId, FabricServices services)
    {
        _services = services;
        _state = new ClientState { Mac = MacAddress.Parse(entityId) };
        PersistenceId = $"client-{entityId}";

        Recover<BootAdvanced>(Recovered);
        Recover<SnapshotOffer>(Recovered);
        Recover<RecoveryCompleted>(_ => Ready());

        Command<DhcpArrived>(Ask);
        Command<LeaseSettled>(Settle);
        Command<TransferSeen>(seen => Advance(BootMachine.OnTransfer(_state, seen.Transfer)));
        Command<ArpSeen>(seen => Advance(BootMachine.OnArp(_state, seen.Observation)));
        Command<SystemReported>(Report);
        Command<GetClient>(_ => Sender.Tell(_state));
        Command<Tick>(_ => Look());
        Command<Wake>(_ => Watch());
        Command<StopClient>(_ => Context.Stop(Self));
        Command<SaveSnapshotSuccess>(Prune);
        Command<SaveSnapshotFailure>(_ => { });
        Command<DeleteMessagesSuccess>(_ => { });
        Command<DeleteSnapshotsSuccess>(_ => { });
    }

    public override string PersistenceId { get; }

    public ITimerScheduler Timers { get; set; } = null!;

    private DateTimeOffset Now => _services.Time.GetUtcNow();

    private void Report(SystemReported reported)
    {
        var next = BootMachine.OnReport(_state, reported.Report);
        Advance(next.ServedFor(_services.Rooms.Current.NodeOf(_state.Mac)));
    }

    /// <summary>Takes on what is known now: shows it, keeps it if it is a milestone, and waits for what comes next.</summary>
    private void Advance(ClientState next)
    {
        if (ReferenceEquals(next, _state)) return;
        var before = _state;
        _state = next;
        var entered = Milestones.Entered(before, next);
        _services.Board.Post(next, entered);
        if (entered) Keep(before, next);
        Watch();
    }
}
