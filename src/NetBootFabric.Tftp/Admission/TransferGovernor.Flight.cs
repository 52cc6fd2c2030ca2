namespace NetBootFabric.Tftp.Admission;

/// <summary>What is under way, what came of it, and who goes on in its place.</summary>
internal sealed partial class TransferGovernor
{
    /// <summary>Clients are served in bursts, and a thread may have to wait for its processor: packets overtake each other by so much without being lost.</summary>
    private static readonly TimeSpan Disorder = TimeSpan.FromMilliseconds(1);

    private void GrantAll(TimeSpan now)
    {
        while ((_begun ?? (_window.Room > 0 ? _blocks.Take(now) : null)) is { } passage)
        {
            if (!Grant(passage, now)) break;
            Post(passage);
        }
        while (_requests.Count > 0 && MayBegin)
        {
            var passage = _requests.Take(now)!;
            BeginAnew(passage, now);
            Post(passage);
        }
        _held = _requests.Count;
        if (_blocks.Count > 0 || _begun is not null) FellShort();
        else _isShort = false;
    }

    /// <summary>
    /// Lets as much of it leave as there is room for. Only one passage at a time has a part of its window under way, and it goes first: its
    /// client acknowledges whole windows, and two halves would wait for each other.
    /// </summary>
    private bool Grant(Passage passage, TimeSpan now)
    {
        // Nobody else will make room for one that is alone.
        var room = passage.Charge == _window.InFlight ? _window.Size : _window.Room;
        if (room <= 0) return false;
        var packets = Math.Min(passage.Wanted, (room + passage.PacketOctets - 1) / passage.PacketOctets);
        passage.Wanted -= packets;
        passage.Granted += packets;
        Charge(passage, packets, now);
        _begun = passage.Wanted > 0 ? passage : null;
        return true;
    }

    private void Charge(Passage passage, int packets, TimeSpan now)
    {
        _window.Leave(packets * passage.PacketOctets);
        passage.Charge += packets * passage.PacketOctets;
        passage.Packets += packets;
        Departs(passage, now);
    }

    private void Departs(Passage passage, TimeSpan now)
    {
        (passage.LeftAt, _lastLeft) = (now, now);
        passage.InFlight.List?.Remove(passage.InFlight);
        _lanes[passage.Lane].InFlight.AddLast(passage.InFlight);
    }

    private void Post(Passage passage)
    {
        var lane = _lanes[passage.Lane];
        if (passage.InLane.List is null) lane.Granted.AddLast(passage.InLane);
        if (!lane.Sleeps) return;
        lane.Sleeps = false;
        _toWake.Add(lane);
    }

    private void WakeLanes()
    {
        if (_toWake.Count == 0) return;
        PortLane? lane;
        do
        {
            lock (_lock)
            {
                lane = _toWake.Count > 0 ? _toWake[^1] : null;
                if (lane is not null) _toWake.RemoveAt(_toWake.Count - 1);
            }
            lane?.Wake();
        }
        while (lane is not null);
    }

    private void Arrived(Passage passage, int packets, TimeSpan now)
    {
        var lane = _lanes[passage.Lane];
        if (passage.IsMissed) _window.Found();
        if (!passage.IsAgain && passage.Packets > 0)
        {
            _roundTrip.Measured(now - passage.LeftAt);
            if (passage.LeftAt > lane.NewestArrived) lane.NewestArrived = passage.LeftAt;
        }
        var arrived = Math.Min(passage.Charge, packets * passage.PacketOctets);
        _window.Delivered(arrived, packets);
        _rate.Add(packets * passage.PacketOctets, now);
        passage.Charge -= arrived;
        passage.Losses = 0;
        passage.IsMissed = passage.IsAgain = false;
        Count(passage);
    }

    private void Missed(Passage passage, Loss loss)
    {
        // Silence alone may be a client that was switched off: whether the link lost something, those who were heard since have shown.
        if (loss == Loss.Told && passage.Losses == 0 && !passage.IsMissed) Lose(passage);
        else Free(passage);
        passage.IsMissed = false;
        if (++passage.Losses >= 2) Uncount(passage);
    }

    private void FellShort()
    {
        _isShort = true;
        _window.FellShort();
    }

    private void Lose(Passage passage)
    {
        _window.Lost(passage.Charge);
        passage.Charge = 0;
    }

    private void Free(Passage passage)
    {
        _window.Free(passage.Charge);
        passage.Charge = 0;
    }

    private void Withdraw(Passage passage)
    {
        Free(passage);
        var wanted = passage.Wanted;
        (passage.Wanted, passage.Granted, passage.Packets, passage.IsMissed) = (0, 0, 0, false);
        passage.InFlight.List?.Remove(passage.InFlight);
        passage.InLane.List?.Remove(passage.InLane);
        if (wanted > 0) _blocks.Remove(passage); // else it does not wait there
        if (_begun == passage) _begun = null;
    }

    /// <summary>
    /// Packets keep their order on the way: what left before the last one that arrived is on it no longer, and makes room, whether its client
    /// is slow, waits for the rest of its window, or never got it. What its client had time enough to answer is probably lost (RFC 8985 tells
    /// losses by time in the same way); if it arrives after all it is found.
    /// </summary>
    private void Presume(PortLane lane)
    {
        while (lane.InFlight.First is { Value: var oldest } && lane.NewestArrived - oldest.LeftAt > Disorder) SetAside(lane, oldest);
        // Two for each that arrives: those that are not due go to the end.
        for (var i = 0; i < 2 && lane.Late.First is { Value: var late }; i++)
        {
            lane.Late.RemoveFirst();
            if (lane.NewestArrived - late.LeftAt <= Max(_roundTrip.Bound, late.Bound)) lane.Late.AddLast(late.InFlight);
            else if (late.IsWhole && late.Wanted == 0) PresumeLost(late);
        }
    }

    /// <summary>Its octets make room; whether they arrived is seen later.</summary>
    private void SetAside(PortLane lane, Passage oldest)
    {
        Free(oldest);
        lane.InFlight.RemoveFirst();
        lane.Late.AddLast(oldest.InFlight);
    }

    private void PresumeLost(Passage passage)
    {
        passage.IsMissed = true;
        _window.Lost(0);
    }

    /// <summary>When nobody is heard nothing shows what has passed the link, but time. True when there is more room.</summary>
    private bool FreeOverdue(TimeSpan now)
    {
        var before = _window.InFlight;
        foreach (var lane in _lanes)
        {
            while (lane.InFlight.First is { Value: var oldest } && now - oldest.LeftAt > Max(2 * _roundTrip.Usual, Glance)) SetAside(lane, oldest);
        }
        return _window.InFlight < before;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
