using NetBootFabric.Boot.Clients;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Ledger;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Tests.Ledger;

/// <summary>A shard goes from one head node to another a moment after a client's milestone.</summary>
public sealed class HandOverTests
{
    private static readonly MacAddress Mac = MacAddress.Parse("52:54:00:77:00:01");
    private static readonly int Shard = ClientMessageExtractor.Of(Mac);

    private readonly DeterministicRuntime _runtime = new(seed: 1);
    private readonly VirtualJournalStore _database;
    private readonly (ClientBoard Board, Ledgers Ledgers) _earlier;
    private readonly (ClientBoard Board, Ledgers Ledgers) _later;

    public HandOverTests()
    {
        _database = new VirtualJournalStore(_runtime.TimeProvider);
        (_earlier, _later) = (Head(), Head());
        Done(() => _earlier.Ledgers.OpenAsync(Shard));
    }

    [Fact]
    public void What_was_unwritten_is_known_to_the_next_owner()
    {
        Enter(BootPhase.Bound);
        _runtime.Advance(LedgerPace.Default.Quiet);
        Enter(BootPhase.Loader); // in the midst of a second in which one event was written already
        Done(() => _earlier.Ledgers.CloseAsync(Shard));
        Assert.Null(_earlier.Board.Find(Mac));
        Done(() => _later.Ledgers.OpenAsync(Shard));
        Assert.Equal(BootPhase.Loader, _later.Board.Find(Mac)?.Current?.Phase);
    }

    [Fact]
    public void A_shard_that_is_lost_is_not_written_any_more()
    {
        Enter(BootPhase.Bound);
        _earlier.Ledgers.Drop(Shard);
        _runtime.Advance(LedgerPace.Default.Storm);
        Done(() => _later.Ledgers.OpenAsync(Shard));
        Assert.Null(_later.Board.Find(Mac));
    }

    private (ClientBoard, Ledgers) Head()
    {
        var board = new ClientBoard();
        var ledgers = new Ledgers(board, new ClientClock(), _runtime.TimeProvider);
        ledgers.Start(new SimulatedNode(_runtime).CreateSystem("fabric", null, FabricSystem.Serializers, _database.Crash()));
        return (board, ledgers);
    }

    private void Enter(BootPhase phase)
    {
        var boot = new BootRecord { Number = 1, Phase = phase, LastHeard = _runtime.TimeProvider.GetUtcNow() };
        var records = _earlier.Board.RecordsOf(Mac);
        records.Post(new ClientState { Mac = Mac, Current = boot });
        records.Keep(Mac, since: 1);
        records.Rest(Mac);
        _runtime.RunUntilIdle();
    }

    /// <summary>Without waiting: no time passes. What awaits it goes on on the runtime's thread, and not on one of xunit's.</summary>
    private void Done(Func<Task> call)
    {
        SynchronizationContext.SetSynchronizationContext(null);
        var task = call();
        _runtime.RunUntilIdle();
        Assert.True(task.IsCompletedSuccessfully);
    }
}
