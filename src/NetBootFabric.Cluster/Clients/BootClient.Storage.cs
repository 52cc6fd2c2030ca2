using NetBootFabric.Boot.Clients;

namespace NetBootFabric.Cluster.Clients;

public sealed partial class BootClient
{
    private readonly Ledger.ShardRecords _records;

    /// <summary>Its history is in the ledger, or on the way there.</summary>
    private bool _isKept;

    private void Keep(ClientState before, ClientState now)
    {
        if (Milestones.Between(before, now, IsKnown) is not [var first, ..]) return;
        _isKept = true;
        _records.Keep(_state.Mac, first.Boot.Number);
    }
}
