using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Events;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Simulation.Tests.Clients;

/// <summary>The operating system: asks anew or for the address it had, reports, renews, and ends in one of several ways.</summary>
internal sealed partial class Machine
{
    /// <summary>The address on the system's disk; 0.0.0.0 when it has none.</summary>
    private Ipv4Address _remembered;

    private DateTimeOffset _renewAt;
    private DateTimeOffset _rebindAt;

    private void StartSystem()
    {
        Speaker = Speaker.System;
        if (!_remembered.IsAny && _world.Chance(0.5)) Reboot();
        else Discover();
    }

    private void Settle(bool wasRunning)
    {
        _remembered = Address!.Value;
        Renew();
        if (wasRunning && IsUp) return;
        if (!BootsFromNetwork) BeUp();
        else Reach(node =>
        {
            Deeds.Add(BootPhase.Booted);
            node.Events.Report(new SystemReport(Mac, Address!.Value, true, null, _world.Now));
            BeUp();
        });
    }

    private void BeUp()
    {
        IsUp = true;
        _world.Note("is up", Mac, Address!.Value);
        if (_world.IsCalm) return;
        Later(_world.Between(5, 200), End);
    }

    private void End()
    {
        if (_world.IsCalm) return;
        switch (_world.Random.Next(3))
        {
            case 0: PowerCycle(); break;
            case 1: Release(); break;
        }
    }

    /// <summary>T1 is half the lease (RFC 2131 §4.4.5). Until the lease ends the system asks again and again; then it starts over.</summary>
    private void Renew()
    {
        _renewAt = _world.Now + (HeldUntil - _world.Now) / 2;
        _rebindAt = _world.Now + (HeldUntil - _world.Now) * 0.8;
        Later(_renewAt - _world.Now, AskAgain);
        Later(HeldUntil - _world.Now, Expire);
    }

    private void AskAgain()
    {
        _step = Step.Renewing;
        _askedAt = _world.Now;
        SendRenewal(Packets.From(this, DhcpMessageType.Request, NextXid()) with { ClientAddress = Address!.Value });
    }

    /// <summary>RENEWING: to its server alone; REBINDING: to all (RFC 2131 §4.4.5: from 0.875 of the lease on, here 0.8 to have time for both).</summary>
    private void SendRenewal(Boot.Dhcp.DhcpInquiry packet)
    {
        if (_world.Now < _rebindAt) _world.Network.Unicast(packet, _server);
        else Transmit(packet);
        Later(TimeSpan.FromSeconds(10), () => SendRenewal(packet));
    }

    private void Expire()
    {
        _world.Note("lease ends", Mac, Address!.Value);
        Discover();
    }
}
