using NetBootFabric.Tftp.Serving;

namespace NetBootFabric.Tftp.Admission;

/// <summary>
/// One transfer's way through the <see cref="TransferGovernor"/>: what of it waits, and what is under way. All but <see cref="Lane"/> is
/// the governor's, under its lock.
/// </summary>
internal abstract class Passage : TimerNode
{
    /// <param name="lane">Of its port.</param>
    /// <param name="blockOctets">Of a block, on the wire.</param>
    /// <param name="window">In blocks.</param>
    protected Passage(int lane, int blockOctets, int window)
    {
        (Lane, BlockOctets, WindowOctets) = (lane, blockOctets, blockOctets * window);
        (InLine, InOrder, InFlight, InLane) = (new(this), new(this), new(this), new(this));
    }

    public int Lane { get; }
    public int BlockOctets { get; }

    /// <summary>Of a whole window, on the wire.</summary>
    public int WindowOctets { get; private set; }

    internal int Rack { get; set; }
    internal bool IsCounted { get; set; } // in what is committed
    internal bool IsOpening { get; set; } // begun, and nothing has left yet

    /// <summary>Of each of its packets, on the wire.</summary>
    internal int PacketOctets { get; set; }

    /// <summary>Packets that wait; that may leave, and have not yet.</summary>
    internal int Wanted { get; set; }
    internal int Granted { get; set; }

    /// <summary>Octets and packets that count as under way.</summary>
    internal int Charge { get; set; }
    internal int Packets { get; set; }

    internal TimeSpan WaitsSince { get; set; }
    internal TimeSpan LeftAt { get; set; }

    /// <summary>Within this its ACKs usually come; the transfer's own measurement.</summary>
    internal TimeSpan Bound { get; set; }

    internal bool IsWhole { get; set; } // what is under way can be acknowledged
    internal bool IsAgain { get; set; } // what is under way was sent before
    internal bool IsMissed { get; set; } // counted as lost, for now
    internal int Losses { get; set; } // since something arrived

    internal LinkedListNode<Passage> InLine { get; }
    internal LinkedListNode<Passage> InOrder { get; }
    internal LinkedListNode<Passage> InFlight { get; }
    internal LinkedListNode<Passage> InLane { get; }

    /// <summary>Before it begins: from block to block, whatever was asked for.</summary>
    internal void Narrow()
    {
        if (WindowOctets == BlockOctets) return;
        WindowOctets = BlockOctets;
        Narrowed();
    }

    protected virtual void Narrowed() { }

    internal void Describe(in Departure departure)
    {
        (PacketOctets, Bound, IsWhole) = (departure.Octets, departure.Bound, departure.IsWhole);
        IsAgain |= departure.Kind == DepartureKind.Again;
        Wanted += departure.Packets;
    }
}
