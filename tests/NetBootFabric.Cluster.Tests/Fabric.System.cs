using NetBootFabric.Boot.Leases;
using NetBootFabric.Cluster.Ledger;

namespace NetBootFabric.Cluster.Tests;

internal sealed partial class Fabric
{
    private SimulatedNode _node;

    public Fabric()
    {
        _node = new SimulatedNode(Runtime);
        Journal = new VirtualJournalStore(Runtime.TimeProvider);
        Start();
    }

    public VirtualJournalStore Journal { get; private set; }

    public void Start()
    {
        var system = _node.CreateSystem("fabric", null, FabricSystem.Serializers, Journal);
        Leases = new LeaseBook(LeaseStore, Current, LeaseStore.LoadAsync(default).GetAwaiter().GetResult());
        OpenLedgers(system);
        Region = FabricSystem.Region(system, Services());
        _desk = system.ActorOf(Props.Create(() => new Desk(_heard)));
        Runtime.RunUntilIdle();
    }

    /// <summary>As kill -9: nothing that waits is written. What is older than a ledger's pace is.</summary>
    public void Crash()
    {
        Runtime.Advance(LedgerPace.Default.Storm);
        Journal = Journal.Crash();
        _node.Kill();
        _node = new SimulatedNode(Runtime);
        Start();
    }
}
