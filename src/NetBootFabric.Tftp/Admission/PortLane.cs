namespace NetBootFabric.Tftp.Admission;

/// <summary>What the governor keeps for one port, under its lock.</summary>
internal sealed class PortLane(Action wake)
{
    /// <summary>Of this port's passages, in the order in which they left: the acknowledgements of one port are handled in one order, too.</summary>
    public LinkedList<Passage> InFlight { get; } = new();

    /// <summary>Those that no longer count as under way, and are not answered.</summary>
    public LinkedList<Passage> Late { get; } = new();

    /// <summary>May go on, and have not been told.</summary>
    public LinkedList<Passage> Granted { get; } = new();

    /// <summary>When what has arrived last had left.</summary>
    public TimeSpan NewestArrived { get; set; }

    public bool Sleeps { get; set; }

    public void Wake() => wake();
}
