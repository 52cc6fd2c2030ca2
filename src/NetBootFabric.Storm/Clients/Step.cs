using NetBootFabric.Storm.Network;
using NetBootFabric.Wire.Arp;
using NetBootFabric.Wire.Dhcp;
using NetBootFabric.Wire.Ip;

namespace NetBootFabric.Storm.Clients;

internal enum StepState : byte
{
    Going,
    Done,
    Failed,
}

/// <summary>
/// One dialogue that a client is busy with. It sends through the client's <see cref="Station"/>, gets what comes for it and the passing of its deadline,
/// and is done or failed at last. No clock and no socket of its own: times are handed in.
/// </summary>
internal abstract class Step
{
    public StepState State { get; private set; }

    /// <summary>When <see cref="Expire"/> is due.</summary>
    public TimeSpan Deadline { get; protected set; } = TimeSpan.MaxValue;

    public Failure Failure { get; private set; }

    /// <summary>What the client has behind it when this is done.</summary>
    public Milestone? Reached { get; init; }

    /// <summary>The boot goes on when this fails.</summary>
    public bool MayFail { get; init; }

    public abstract void Start(TimeSpan now);

    public abstract void Expire(TimeSpan now);

    public virtual void OnDhcp(scoped in DhcpPacket reply, TimeSpan now)
    {
    }

    public virtual void OnArp(in ArpPacket packet, TimeSpan now)
    {
    }

    public virtual void OnUdp(in UdpFrame header, ReadOnlySpan<byte> payload, TimeSpan now)
    {
    }

    /// <summary>The station's connection has had a segment, and told its reader.</summary>
    public virtual void OnTcp(TimeSpan now)
    {
    }

    protected void Done() => (State, Deadline) = (StepState.Done, TimeSpan.MaxValue);

    protected void Fail(FailureStep step, string detail) =>
        (State, Deadline, Failure) = (StepState.Failed, TimeSpan.MaxValue, new Failure(step, detail));
}
