namespace NetBootFabric.Tftp.Admission;

/// <summary>
/// How many octets may be under way to all clients together: as many as the narrowest place on the way holds. Grown by what arrives,
/// first fast, then carefully; cut when more than a share of the packets is lost, since a few are lost on any link. Pure: told
/// what leaves, arrives and is lost.
/// </summary>
internal sealed class SendWindow
{
    /// <summary>An Ethernet frame with its header.</summary>
    public const int Packet = 1514;

    public const int Floor = 8 * Packet, Most = 64 << 20;

    /// <summary>Doubled by each round trip, so that it costs a fast network nothing, and a queue of 32 KiB holds it.</summary>
    public const int Initial = 16 * Packet;

    /// <summary>Packets for one judgement: 2 % of fewer is chance. In slow start less, for it has to end soon.</summary>
    private const int Sample = 256, FirstSample = 32;

    /// <summary>No single loss, nor a second one, ends slow start.</summary>
    private const int FewestLosses = 3;

    private readonly LossShare _share = new();
    private int _delivered, _lost, _passed, _peak;
    private int _step = Packet;
    private int _beforeCut, _found;
    private bool _startsSlow = true, _wasShort;

    public int Size { get; private set; } = Initial;

    /// <summary>Octets under way.</summary>
    public int InFlight { get; private set; }

    public int Room => Size - InFlight;

    /// <summary>It was cut: the link holds no more. Before that it is too small only because it begins so.</summary>
    public bool IsLimited => !_startsSlow;

    public void Leave(int octets)
    {
        InFlight += octets;
        _peak = Math.Max(_peak, InFlight);
    }

    /// <summary>Somebody had to wait: only then does more room make a difference.</summary>
    public void FellShort() => _wasShort = true;

    /// <summary>No longer under way; whether it arrived is not known.</summary>
    public void Free(int octets) => InFlight -= octets;

    public void Delivered(int octets, int packets)
    {
        InFlight -= octets;
        if (_wasShort && _passed <= 0 && _lost <= _share.OfLink * Sample) Size = Math.Min(Size + (_startsSlow ? octets : Creep(octets)), Most);
        Count(packets, lost: 0);
    }

    /// <summary>One packet did not arrive; <paramref name="octets"/> are no longer under way.</summary>
    public void Lost(int octets)
    {
        InFlight -= octets;
        Count(0, lost: 1);
    }

    /// <summary>One that counted as lost arrived after all. If that was most of what a cut was made for, the cut is taken back.</summary>
    public void Found()
    {
        _lost = Math.Max(0, _lost - 1);
        if (_beforeCut == 0 || --_found > 0) return;
        Size = Math.Max(Size, _beforeCut);
        _beforeCut = 0;
    }

    /// <summary>After a pause nothing is known any more.</summary>
    public void Restart() => (Size, _startsSlow, _beforeCut, _delivered, _lost, _passed) = (Initial, true, 0, 0, 0, 0);

    private void Count(int delivered, int lost)
    {
        if (_passed > 0)
        {
            _passed -= delivered + lost; // left before the last cut
            return;
        }
        (_delivered, _lost) = (_delivered + delivered, _lost + lost);
        // A window's worth, of what is used of it: one that grew while the network was fast would be judged by more packets than clients have patience for.
        var sample = Math.Max(_startsSlow ? FirstSample : Sample, Math.Min(Size, _peak) / Packet);
        if (_lost >= FewestLosses && _lost > _share.Tolerated * sample) Cut();
        else if (_delivered + _lost >= sample) Grow();
    }

    private void Cut()
    {
        var share = (double)_lost / (_delivered + _lost);
        (_beforeCut, _found) = (Size, _lost / 2 + 1);
        Size = Math.Clamp(_peak, Floor, Size); // what was not used says nothing
        // The few packets of slow start say little about a share.
        Size = !_startsSlow && _share.WithoutCause(share, Size) is { } former ? former : Math.Max(Floor, (int)(Size * Math.Clamp(1 - share, 0.5, 0.85)));
        _passed = InFlight / Packet;
        (_startsSlow, _step) = (false, Packet);
        Next();
    }

    private void Grow()
    {
        var share = (double)_lost / (_delivered + _lost);
        _share.Bore(share);
        // The longer all goes well, the further the mark must be.
        if (_lost == 0) _step = Math.Clamp(2 * _step, Packet, Math.Max(Packet, Size / 8));
        else if (share > _share.Tolerated / 2) _step = Packet;
        Next();
    }

    /// <summary>A step for each window that arrived.</summary>
    private int Creep(int octets) => (int)((long)octets * _step / Size);

    private void Next() => (_delivered, _lost, _wasShort, _peak) = (0, 0, false, InFlight);
}
