using NetBootFabric.Actors.Persistence.Store;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Cluster.Ledger;
using NetBootFabric.Cluster.Messages;

namespace NetBootFabric.Cluster.Tests;

internal sealed partial class Fabric
{
    private ActorSystem _system = null!;

    public Fabric()
    {
        Journal = new InMemoryJournalStore(Runtime.TimeProvider);
        Start();
    }

    public InMemoryJournalStore Journal { get; private set; }

    public void Start()
    {
        var setup = new EmbeddedSetup
        {
            Dispatcher = Runtime.Dispatcher,
            TimeProvider = Runtime.TimeProvider,
            JournalStore = Journal,
            Serializers = system => [SerializerDetails.Create("fabric", new FabricSerializer(system), [.. FabricSerializer.Types])],
        };
        _system = ActorSystem.Create("fabric", setup);
        Leases = new LeaseBook(LeaseStore, Current, LeaseStore.LoadAsync(default).GetAwaiter().GetResult());
        OpenLedgers(_system);
        Region = FabricRegion.Start(_system, Services());
        _desk = _system.ActorOf(Props.Create(() => new Desk(_heard)));
        Runtime.RunUntilIdle();
    }

    /// <summary>As kill -9: nothing that waits is written. What is older than a ledger's pace is.</summary>
    public void Crash()
    {
        Runtime.Advance(LedgerPace.Default.Storm);
        Journal = Journal.Crash();
        _ = _system.Terminate();
        Runtime.RunUntilIdle();
        Start();
    }
}
