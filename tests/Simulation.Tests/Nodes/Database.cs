using NetBootFabric.Boot.Leases;
using NetBootFabric.Testing.Leases;
using NetBootFabric.Testing.Membership;

namespace NetBootFabric.Simulation.Tests.Nodes;

/// <summary>
/// What outlives a crash, shared by all head nodes: a disk in the one that is alone, a database of several. And how it does at the moment: well, slowly, full or down.
/// </summary>
internal sealed class Database
{
    private readonly World _world;

    /// <summary>Never written to by itself: each run of a head node gets a store of its own over the same rows.</summary>
    private readonly JournalStore _journal;

    public Database(World world, LeaseRows rows)
    {
        (_world, Rows) = (world, rows);
        _journal = Journals.New(world.Time);
        Members = new InMemoryClusterStore(world.Time);
    }

    public LeaseRows Rows { get; }
    public InMemoryClusterStore Members { get; }
    public IReadOnlyCollection<string> PersistenceIds => _journal.PersistenceIds;

    /// <summary>Share of the writes that fail.</summary>
    public double Failing { get; private set; }

    public TimeSpan ExtraTime { get; private set; }

    /// <summary>The journal of one run of a head node.</summary>
    public JournalStore OpenJournal() => _journal.Crash();

    public void Worsen(double failing, TimeSpan extraTime)
    {
        (Failing, ExtraTime) = (failing, extraTime);
        Members.IsDown = failing >= 1;
        foreach (var head in _world.Heads) head.Link.Equip();
    }

    public void Mend() => Worsen(0, TimeSpan.Zero);

    /// <summary>A lease is written, if whoever writes it may: the rules that the SQL stores keep within one transaction.</summary>
    public LeaseCommit Commit(Lease lease, Writer writer)
    {
        var isCurrent = IsCurrent(lease.Shard, writer);
        if (!isCurrent && !_world.Plant.SkipsFences) return LeaseCommit.StaleEpoch;
        var outcome = Rows.Commit(lease, _world.Now);
        if (outcome == LeaseCommit.Committed && !isCurrent)
            _world.Broken($"{writer.Member} (incarnation {writer.Incarnation}, epoch {writer.Epoch}) wrote a lease of {lease.Client}, which is {Members.Find(lease.Shard)} by now");
        return outcome;
    }

    /// <summary>False: the writer was fenced.</summary>
    public bool Accepts(Writer writer) => !_world.Plan.IsCluster || _world.Plant.SkipsFences || Members.IsAccepted(writer.Member, writer.Incarnation);

    private bool IsCurrent(int shard, Writer writer) => !_world.Plan.IsCluster
        || (Members.IsAccepted(writer.Member, writer.Incarnation) && Members.Find(shard) is { } row && row.Owner == writer.Member && row.Epoch == writer.Epoch);
}

/// <summary>Who writes: a run of a head node, under the epoch of the shard as it knows it.</summary>
internal readonly record struct Writer(string Member, long Incarnation, long Epoch);

internal enum WriteFate
{
    Written,
    Failed,

    /// <summary>Written, but whoever wrote it hears that it failed.</summary>
    AnswerLost,
}
