using NetBootFabric.Actors.Persistence.Store;
using NetBootFabric.Testing.Leases;

namespace NetBootFabric.Simulation.Tests.Nodes;

/// <summary>What outlives a crash, and how the disk does at the moment: well, slowly, or full.</summary>
internal sealed class Disk
{
    private readonly World _world;

    public Disk(World world, LeaseRows rows)
    {
        (_world, Rows) = (world, rows);
        Journal = new InMemoryJournalStore(world.Time);
        Equip();
    }

    public LeaseRows Rows { get; }
    public InMemoryJournalStore Journal { get; private set; }

    /// <summary>Share of the writes that fail.</summary>
    public double Failing { get; private set; }

    public TimeSpan ExtraTime { get; private set; }

    /// <summary>Whether a write failed since it was last asked to do better.</summary>
    public bool IsFailing => Failing > 0;

    public void Worsen(double failing, TimeSpan extraTime)
    {
        (Failing, ExtraTime) = (failing, extraTime);
        Equip();
    }

    public void Mend() => Worsen(0, TimeSpan.Zero);

    public TimeSpan WriteTime() => _world.Plan.WriteTime * (0.5 + _world.Random.NextDouble()) + ExtraTime * _world.Random.NextDouble();

    public WriteFate Fate() =>
        !_world.Chance(Failing) ? WriteFate.Written : _world.Chance(_world.Plan.WrittenThoughFailed) ? WriteFate.AnswerLost : WriteFate.Failed;

    /// <summary>The node dies: what it had under way is lost, what was committed stays.</summary>
    public void Crash()
    {
        Journal = Journal.Crash();
        Equip();
    }

    private void Equip()
    {
        Journal.Delay = _world.Plan.WriteTime + ExtraTime / 2;
        Journal.RecoveryDelay = _world.Plan.WriteTime / 4 + ExtraTime / 4;
        Journal.Fault = _ => _world.Chance(Failing) ? new IOException("no space left on device") : null;
    }
}

internal enum WriteFate
{
    Written,
    Failed,

    /// <summary>Written, but whoever wrote it hears that it failed.</summary>
    AnswerLost,
}
