using NetBootFabric.Storm.Dhcp;
using NetBootFabric.Storm.Network;
using NetBootFabric.Storm.Tcp;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Arp;
using NetBootFabric.Wire.Dhcp;
using NetBootFabric.Wire.Ip;

namespace NetBootFabric.Storm.Clients;

internal enum ClientState : byte
{
    Off,
    Booting,
    Booted,
    Failed,
}

/// <summary>
/// One machine that boots: runs the steps of its <see cref="BootCourse"/> one after the other. Pure: times and packets are handed in, frames go out by the station.
/// </summary>
internal sealed class SimulatedClient
{
    private readonly TimeSpan?[] _milestones = new TimeSpan?[Enum.GetValues<Milestone>().Length];
    // From the ROM's giving up to its next DISCOVER: the boot order is gone through once more. QEMU's machines take about that, real ones longer.
    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(5);

    private readonly CourseSettings _settings;
    private IEnumerator<Step> _course;
    private Step? _step;

    public SimulatedClient(int index, ClientKind kind, Station station, CourseSettings settings)
    {
        (Index, Kind, Station, _settings) = (index, kind, station, settings);
        _course = new BootCourse(kind, station, settings).Run().GetEnumerator();
    }

    public int Index { get; }

    public ClientKind Kind { get; }

    public Station Station { get; }

    public ClientState State { get; private set; }

    public TimeSpan PowerOn { get; private set; }

    /// <summary>When booted or failed.</summary>
    public TimeSpan End { get; private set; }

    public Failure Failure { get; private set; }

    public int Exchanges { get; private set; }

    /// <summary>How often its boot failed and it began anew.</summary>
    public int Restarts { get; private set; }

    /// <summary>DISCOVERs and REQUESTs that it sent again.</summary>
    public int DhcpRetries { get; private set; }

    /// <summary>The last one acknowledged, if any.</summary>
    public Lease? Lease { get; private set; }

    /// <summary>When <see cref="Expire"/> is due.</summary>
    public TimeSpan Deadline => State == ClientState.Booting ? _step!.Deadline : TimeSpan.MaxValue;

    /// <summary>From power-on; null for what was not reached.</summary>
    public TimeSpan? TimeTo(Milestone milestone) => _milestones[(int)milestone];

    /// <summary>Asked with each lease; false ends the boot, since the address is another client's.</summary>
    public Func<SimulatedClient, Lease, bool> Claim { get; init; } = static (_, _) => true;

    public void Start(TimeSpan now)
    {
        (State, PowerOn) = (ClientState.Booting, now);
        Advance(now);
    }

    public void Expire(TimeSpan now)
    {
        if (State != ClientState.Booting || _step!.Deadline > now) return;
        _step.Expire(now);
        Settle(now);
    }

    public void OnDhcp(scoped in DhcpPacket reply, TimeSpan now)
    {
        if (State != ClientState.Booting) return;
        _step!.OnDhcp(reply, now);
        Settle(now);
    }

    public void OnUdp(in UdpFrame header, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        if (State != ClientState.Booting) return;
        _step!.OnUdp(header, payload, now);
        Settle(now);
    }

    public void OnTcp(Ipv4Address source, in TcpSegment segment, ReadOnlySpan<byte> options, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        if (State == ClientState.Off) return;
        Station.Receive(source, segment, options, payload, now);
        if (State != ClientState.Booting) return;
        _step!.OnTcp(now);
        Settle(now);
    }

    public void OnArp(in ArpPacket packet, TimeSpan now)
    {
        if (State != ClientState.Booting) return;
        _step!.OnArp(packet, now);
        Settle(now);
    }

    public void Abandon(TimeSpan now)
    {
        if (State is not (ClientState.Off or ClientState.Booting)) return;
        if (State == ClientState.Off) PowerOn = now;
        Finish(ClientState.Failed, now, new Failure(FailureStep.Unfinished, _step is null ? "not switched on yet" : $"busy with {_step.GetType().Name}"));
    }

    private void Settle(TimeSpan now)
    {
        if (_step!.State == StepState.Going) return;
        Conclude(_step, now);
        if (State == ClientState.Booting) Advance(now);
    }

    /// <summary>Starts the next steps until one takes time.</summary>
    private void Advance(TimeSpan now)
    {
        while (State == ClientState.Booting)
        {
            if (!_course.MoveNext())
            {
                Mark(Milestone.Booted, now);
                Finish(ClientState.Booted, now, default);
                return;
            }
            _step = _course.Current;
            _step.Start(now);
            if (_step.State == StepState.Going) return;
            Conclude(_step, now);
        }
    }

    private void Conclude(Step step, TimeSpan now)
    {
        if (step is DhcpDialogue dhcp) Conclude(dhcp, now);
        else if (step.State == StepState.Done && step.Reached is { } milestone) Mark(milestone, now);
        if (step.State != StepState.Failed || step.MayFail) return;
        if (Restarts < _settings.Restarts) Restart();
        else Finish(ClientState.Failed, now, step.Failure);
    }

    private void Conclude(DhcpDialogue dhcp, TimeSpan now)
    {
        DhcpRetries += dhcp.Retries;
        if (dhcp.OfferedAt is { } offered) Mark(Milestone.Offer, offered);
        if (dhcp.Lease is not { } lease) return;
        Exchanges++;
        Lease = lease;
        Mark(Milestone.Ack, now);
        if (Claim(this, lease)) Station.Configure(lease.Address, lease.Mask, lease.Router);
        else Finish(ClientState.Failed, now, new Failure(FailureStep.DuplicateAddress, $"{lease.Address} is another client's"));
    }

    /// <summary>The first time counts: a second DHCP exchange does not move the first.</summary>
    private void Mark(Milestone milestone, TimeSpan now) => _milestones[(int)milestone] ??= now - PowerOn;

    /// <summary>What the firmware does with a network boot that failed, when there is nothing else to boot from.</summary>
    private void Restart()
    {
        Restarts++;
        Station.Disconnect();
        _course.Dispose();
        var again = new BootCourse(Kind, Station, _settings).Run();
        _course = again.Prepend(new Pause(RestartPause)).GetEnumerator();
    }

    private void Finish(ClientState state, TimeSpan now, Failure failure)
    {
        (State, End, Failure) = (state, now, failure);
        Station.Disconnect();
        _course.Dispose();
    }
}
