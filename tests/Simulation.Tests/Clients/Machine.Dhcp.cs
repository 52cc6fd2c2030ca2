using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Simulation.Tests.Clients;

/// <summary>The client's side of RFC 2131 §4.4.</summary>
internal sealed partial class Machine
{
    private readonly HashSet<uint> _exchanges = [];
    private Step _step;
    private uint _xid;
    private DateTimeOffset _askedAt;
    private Ipv4Address _offered;

    /// <summary>Whose OFFER it took, and where to load from.</summary>
    private Ipv4Address _server;
    private Ipv4Address _bootServer;

    private enum Step { Off, Selecting, Requesting, Rebooting, Bound, Renewing, Pause }

    /// <summary>Exchanges of this boot that ended in an ACK.</summary>
    public int Exchanges => _exchanges.Count;

    private double[] Schedule => Speaker switch
    {
        Speaker.PxeRom => RetrySchedule.PxeRom,
        Speaker.Ipxe => RetrySchedule.Ipxe,
        _ => RetrySchedule.Dhclient,
    };

    public void Hear(DhcpAnswer answer)
    {
        if (answer.Inquiry.TransactionId != _xid || _step == Step.Off) return;
        switch (answer.Type)
        {
            case DhcpMessageType.Offer when _step == Step.Selecting: Select(answer); break;
            case DhcpMessageType.Ack when _step is Step.Requesting or Step.Rebooting or Step.Renewing: Acknowledged(answer); break;
            case DhcpMessageType.Ack when _step == Step.Selecting && answer.Inquiry.RapidCommit: Acknowledged(answer); break;
            case DhcpMessageType.Nak when _step is Step.Requesting or Step.Rebooting or Step.Renewing: Refused(); break;
        }
    }

    private void Discover()
    {
        Drop();
        IsUp = false;
        _askedAt = _world.Now;
        Begin(Step.Selecting, Speaker == Speaker.System && _world.Chance(0.2)
            ? Packets.From(this, DhcpMessageType.Discover, NextXid()) with { RapidCommit = true, RequestedAddress = _remembered }
            : Packets.From(this, DhcpMessageType.Discover, NextXid()) with { RequestedAddress = Speaker == Speaker.System ? _remembered : default });
    }

    private void Select(DhcpAnswer offer)
    {
        _offered = offer.YourAddress;
        _server = Packets.Server(offer);
        _askedAt = _world.Now;
        Begin(Step.Requesting, Packets.From(this, DhcpMessageType.Request, _xid) with { RequestedAddress = _offered, ServerIdentifier = _server });
    }

    /// <summary>INIT-REBOOT: with the address of its last life.</summary>
    private void Reboot()
    {
        Drop();
        _askedAt = _world.Now;
        Begin(Step.Rebooting, Packets.From(this, DhcpMessageType.Request, NextXid()) with { RequestedAddress = _remembered });
    }

    private void Begin(Step step, DhcpInquiry packet)
    {
        Enter(step);
        Send(packet, 0);
    }

    private void Send(DhcpInquiry packet, int attempt)
    {
        // A relay agent's copies are told from a client's retries by it.
        Transmit(packet with { Seconds = (ushort)Math.Ceiling((_world.Now - _askedAt).TotalSeconds) });
        var isLast = attempt + 1 == Schedule.Length;
        Later(TimeSpan.FromSeconds(Schedule[attempt]), () =>
        {
            if (!isLast) Send(packet, attempt + 1);
            else if (_step == Step.Rebooting) Discover();
            else GiveUp();
        });
    }

    private void Acknowledged(DhcpAnswer answer)
    {
        var wasRunning = _step == Step.Renewing;
        Enter(Step.Bound);
        _exchanges.Add(_xid);
        Address = answer.YourAddress;
        _server = Packets.Server(answer);
        _bootServer = answer.NextServer.IsAny ? _server : answer.NextServer;
        HeldUntil = _askedAt + TimeSpan.FromSeconds(Packets.LeaseSeconds(answer));
        _world.Note("holds", Mac, answer.YourAddress);
        _world.Ledger.OnHeld(this, answer.YourAddress);
        if (Speaker != Speaker.System) Resolve();
        else if (_world.Intruder == Address) Decline();
        else Settle(wasRunning);
    }

    private void Refused()
    {
        _world.Note("is refused", Mac, Address ?? _offered);
        Enter(Step.Pause);
        Drop();
        IsUp = false;
        Later(TimeSpan.FromSeconds(1), Speaker == Speaker.System ? Discover : GiveUp);
    }

    /// <summary>Somebody answers for the address (RFC 2131 §3.1 step 5): at least ten seconds until the next try.</summary>
    private void Decline()
    {
        Transmit(Packets.From(this, DhcpMessageType.Decline, NextXid()) with { RequestedAddress = Address!.Value, ServerIdentifier = _server });
        Enter(Step.Pause);
        Drop();
        Later(TimeSpan.FromSeconds(10), Discover);
    }

    private void Release()
    {
        _world.Network.Unicast(Packets.From(this, DhcpMessageType.Release, NextXid()) with { ClientAddress = Address!.Value, ServerIdentifier = _server }, _server);
        PowerCycle();
    }

    private void Transmit(DhcpInquiry packet)
    {
        if (IsRelayed) _world.Network.Relay(packet, _world.Plan.RelaysToAll);
        else _world.Network.Broadcast(packet);
    }

    private uint NextXid() => _xid = (uint)_world.Random.Next(1, int.MaxValue);
}
