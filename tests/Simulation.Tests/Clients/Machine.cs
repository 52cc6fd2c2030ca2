using NetBootFabric.Wire;

namespace NetBootFabric.Simulation.Tests.Clients;

/// <summary>
/// One machine of the room: power, firmware, system. It holds an address from the ACK until the lease ends by its own clock (RFC 2131 §4.4.1: counted
/// from its first REQUEST), or it gives it up. Whatever happens, it tries again.
/// </summary>
internal sealed partial class Machine
{
    private const ulong FirstMac = 0x5254_0077_0000;
    private readonly World _world;

    /// <summary>Set in the machine's present state; in the next one they mean nothing any more.</summary>
    private readonly List<ITimer> _timers = [];

    public Machine(World world, int number)
    {
        (_world, Number) = (world, number);
        Firmware = world.Random.Next(4) switch { 0 => Speaker.System, 1 => Speaker.Ipxe, _ => Speaker.PxeRom };
        world.After(world.Between(0, 20), SwitchOn);
    }

    public int Number { get; }
    public MacAddress Mac => MacOf(Number);

    /// <summary>Who begins: <see cref="Speaker.System"/> is a machine that boots from its disk and only asks for an address.</summary>
    public Speaker Firmware { get; }

    /// <summary>Who speaks now.</summary>
    public Speaker Speaker { get; private set; }
    public string HostName => Number % 2 == 0 ? $"host-{Number}" : "";
    public bool BootsFromNetwork => Firmware != Speaker.System;

    /// <summary>The address it uses; null when it has none.</summary>
    public Ipv4Address? Address { get; private set; }
    public DateTimeOffset HeldUntil { get; private set; }

    /// <summary>Its system runs, has an address, and has said so.</summary>
    public bool IsUp { get; private set; }

    public bool HasFixedAddress => Number < _world.Plan.Fixed;

    private bool IsRelayed => Number >= _world.Plan.Machines - _world.Plan.Relayed;

    public static MacAddress MacOf(int number) => new(FirstMac + (ulong)number);

    public static int NumberOf(MacAddress mac) => (int)(mac.Value - FirstMac);

    public bool Holds(Ipv4Address address) => Address == address && HeldUntil > _world.Now;

    /// <summary>Power off, and on again after the self test.</summary>
    public void PowerCycle()
    {
        _world.Note("power cycle", Mac);
        SwitchOff();
        // Longer than any packet of the last life is on its way.
        Later(Network.Longest + _world.Between(1, 6), SwitchOn);
    }

    public void SwitchOff()
    {
        Enter(Step.Off);
        IsUp = false;
        Drop();
    }

    private void SwitchOn()
    {
        Speaker = Firmware;
        Deeds.Clear();
        _exchanges.Clear();
        if (Speaker == Speaker.System) StartSystem();
        else Discover();
    }

    private void GiveUp()
    {
        _world.Note("gives up", Mac);
        if (Speaker == Speaker.System) Later(_world.Between(5, 20), Discover);
        else PowerCycle();
    }

    private void Drop() => Address = null;

    private void Enter(Step step)
    {
        _step = step;
        foreach (var timer in _timers) timer.Dispose();
        _timers.Clear();
    }

    /// <summary>Acts unless the machine has entered another state by then.</summary>
    private void Later(TimeSpan time, Action action) => _timers.Add(_world.After(time, action));
}

internal enum Speaker { PxeRom, Ipxe, System }
