using NetBootFabric.Testing.Membership;

namespace NetBootFabric.Simulation.Tests.Nodes;

/// <summary>One head node's way to the database: it works, is cut, or hangs: then what was sent may be done, and no answer comes for long.</summary>
internal sealed class DatabaseLink
{
    /// <summary>A statement without an answer is given up after this.</summary>
    private static readonly TimeSpan StatementTime = TimeSpan.FromSeconds(5);

    private readonly World _world;
    private JournalStore? _journal;

    public DatabaseLink(World world)
    {
        _world = world;
        Members = world.Database.Members.Connect();
        Equip();
    }

    public InMemoryClusterConnection Members { get; }
    public LinkState State { get; private set; }

    /// <summary>Whether the head node could start now.</summary>
    public bool Works => State == LinkState.Works && (_world.Database.Failing < 1 || !_world.Plan.IsCluster);

    public void Become(LinkState state)
    {
        State = state;
        Equip();
        Members.IsCut = state == LinkState.Cut;
        if (state == LinkState.Hangs) Members.IsSilent = true;
        else if (Members.IsSilent) Members.Answer();
    }

    /// <summary>A run of the head node begins.</summary>
    public JournalStore OpenJournal(Func<Writer> writer)
    {
        _journal = _world.Database.OpenJournal();
        _journal.Fault = _ => Broken() ?? (_world.Database.Accepts(writer()) ? null : new IOException("another head node has taken over"));
        _journal.RecoveryFault = _ => _world.Plan.IsCluster ? Broken() : null;
        Equip();
        return _journal;
    }

    public TimeSpan WriteTime() => State == LinkState.Hangs
        ? StatementTime
        : _world.Plan.WriteTime * (0.5 + _world.Random.NextDouble()) + _world.Database.ExtraTime * _world.Random.NextDouble();

    public WriteFate Fate()
    {
        if (State == LinkState.Cut) return WriteFate.Failed;
        if (State == LinkState.Hangs) return _world.Random.Next(2) == 0 ? WriteFate.AnswerLost : WriteFate.Failed;
        return !_world.Chance(_world.Database.Failing) ? WriteFate.Written : _world.Chance(_world.Plan.WrittenThoughFailed) ? WriteFate.AnswerLost : WriteFate.Failed;
    }

    public void Equip()
    {
        // Heartbeats have a connection of their own, which slow writes don't delay; a slow database does.
        Members.Delay = _world.Plan.WriteTime / 4 + _world.Database.ExtraTime / 20;
        if (_journal is null) return;
        _journal.Delay = State == LinkState.Hangs ? StatementTime : _world.Plan.WriteTime + _world.Database.ExtraTime / 2;
        _journal.RecoveryDelay = State == LinkState.Hangs ? StatementTime : _world.Plan.WriteTime / 4 + _world.Database.ExtraTime / 4;
    }

    private IOException? Broken() =>
        State != LinkState.Works ? new IOException("the database does not answer") : _world.Chance(_world.Database.Failing) ? new IOException("no space left on device") : null;
}

internal enum LinkState
{
    Works,
    Cut,
    Hangs,
}
