using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Wire;

namespace NetBootFabric.Simulation.Tests.Nodes;

/// <summary>A host of the fabric: one run of netbootd after the other, its clock, its way to the database.</summary>
internal sealed class Head
{
    /// <summary>A survivor serves the address of a head node that is gone after this.</summary>
    private static readonly TimeSpan TakeOver = TimeSpan.FromSeconds(1.5);

    private readonly World _world;
    private DateTimeOffset _goneSince;

    public Head(World world, int number)
    {
        (_world, Number) = (world, number);
        Skew = world.Plan.Skew * (2 * world.Random.NextDouble() - 1);
        Link = new DatabaseLink(world);
    }

    public int Number { get; }
    public string Name => $"head-{Number + 1}";
    public Ipv4Address Server => Plan.ServerOf(Number);
    public TimeSpan Skew { get; }
    public DatabaseLink Link { get; }

    /// <summary>Null while it is down.</summary>
    public HeadNode? Running { get; private set; }

    public bool IsPaused { get; private set; }

    /// <summary>Whether it takes packets now. While it is paused they wait in its sockets.</summary>
    public bool Serves => Running is not null && !IsPaused;

    /// <summary>Whether another one serves its address by now.</summary>
    public bool IsReplaced => !Serves && _world.Now - _goneSince > TakeOver;

    public void Start()
    {
        if (Running is not null) return;
        if (!Link.Works)
        {
            // Without its store it does not start; its supervisor tries again.
            _world.After(_world.Between(1, 3), Start);
            return;
        }
        _world.NoteChange($"{Name} starts");
        Running = new HeadNode(_world, this);
    }

    /// <summary>As kill -9.</summary>
    public void Crash()
    {
        if (Running is null) return;
        _world.NoteChange($"{Name} crashes");
        End();
    }

    /// <summary>Ends as at SIGTERM; what has not ended after a while is killed.</summary>
    public void Leave()
    {
        if (Running is not { } node) return;
        _world.NoteChange($"{Name} leaves");
        node.Leave();
        _world.After(TimeSpan.FromSeconds(20), () =>
        {
            if (Running == node) Crash();
        });
    }

    /// <summary>The run that was told to leave has ended.</summary>
    public void Left(HeadNode node)
    {
        if (Running != node) return;
        _world.NoteChange($"{Name} has left");
        End();
    }

    public void Pause()
    {
        if (!Serves) return;
        _world.NoteChange($"{Name} is paused");
        (IsPaused, _goneSince) = (true, _world.Now);
        Running!.Pause();
    }

    public void Resume()
    {
        if (!IsPaused) return;
        _world.NoteChange($"{Name} goes on");
        IsPaused = false;
        Running?.Resume();
    }

    public void Hear(DhcpInquiry packet, long broadcast, bool isUnicast) => Running?.Hear(packet, broadcast, isUnicast);

    private void End()
    {
        var node = Running!;
        (Running, IsPaused, _goneSince) = (null, false, _world.Now);
        node.Kill();
        // Whose end came late, when all that went wrong was over already.
        if (_world.IsCalm) _world.After(TimeSpan.FromSeconds(0.1), Start);
    }
}
