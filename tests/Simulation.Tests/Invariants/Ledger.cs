using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Simulation.Tests.Clients;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Simulation.Tests.Invariants;

/// <summary>
/// What the fabric has promised, kept beside it from the packets alone, and compared at every step with what it does and what is stored.
/// </summary>
internal sealed class Ledger(World world)
{
    private readonly Dictionary<MacAddress, Promise> _promises = [];

    /// <summary>The number of the last packet by which a client gave its address up.</summary>
    private readonly Dictionary<MacAddress, long> _givenUp = [];
    private readonly HashSet<MacAddress> _writeFailed = [];
    private long _heard;

    /// <summary>The node takes a packet in; its number among all.</summary>
    public long Hear(DhcpInquiry inquiry)
    {
        _heard++;
        var address = inquiry.Type == DhcpMessageType.Release ? inquiry.ClientAddress : inquiry.RequestedAddress;
        if (inquiry.Type is not (DhcpMessageType.Release or DhcpMessageType.Decline)) return _heard;
        _givenUp[inquiry.Client] = _heard;
        if (_promises.GetValueOrDefault(inquiry.Client) is { } promise && promise.Address == address) _promises.Remove(inquiry.Client);
        return _heard;
    }

    /// <summary>Somebody answers for the address: its client is no longer sure to get it again.</summary>
    public void OnConflict(Ipv4Address address)
    {
        foreach (var promise in _promises.Values)
            if (promise.Address == address) promise.IsDisputed = true;
    }

    public void OnWriteFailed(MacAddress client) => _writeFailed.Add(client);

    public void OnAnswer(DhcpAnswer answer, Machine machine, long number, DateTimeOffset heardAt)
    {
        switch (answer.Type)
        {
            case DhcpMessageType.Offer: OnOffer(answer, machine); break;
            case DhcpMessageType.Ack: OnAck(answer, machine, number, heardAt); break;
            case DhcpMessageType.Nak: OnNak(answer, machine); break;
        }
    }

    /// <summary>A machine begins to use an address.</summary>
    public void OnHeld(Machine machine, Ipv4Address address)
    {
        foreach (var other in world.Machines)
            if (other != machine && other.Holds(address)) world.Broken($"{address} is used by {machine.Mac} and {other.Mac}");
    }

    /// <summary>After each write: nothing promised is gone, no address stands twice.</summary>
    public void CheckRows()
    {
        CheckPromises();
        var seen = new Dictionary<Ipv4Address, MacAddress>();
        foreach (var lease in world.Database.Rows.Leases)
            if (lease.IsRunning(world.Now) && !seen.TryAdd(lease.Address, lease.Client))
                world.Broken($"{lease.Address} is stored for {lease.Client} and {seen[lease.Address]}");
    }

    /// <summary>Every acknowledged lease that still runs is stored.</summary>
    public void CheckPromises()
    {
        foreach (var promise in _promises.Values)
            if (!IsKept(promise)) world.Broken($"the acknowledged lease of {promise.Client} on {promise.Address} is lost");
    }

    private bool IsKept(Promise promise)
    {
        if (promise.Until <= world.Now || promise.FromMemory) return true;
        if (world.Database.Rows.Find(promise.Client, promise.Address) is { } row) return row.ExpiresAt >= promise.Until;

        // A client that asks for another address of the subnet by now, and gets it, has given this one up.
        return world.Database.Rows.Leases.Any(other => other.Client == promise.Client && IsSameSubnet(other.Address, promise.Address)) && (promise.IsDisputed || !world.MachineOf(promise.Client).Holds(promise.Address));
    }

    private bool IsSameSubnet(Ipv4Address one, Ipv4Address other) => world.Room.SubnetOf(one) is { } subnet && subnet.Network.Contains(other);

    private void OnOffer(DhcpAnswer answer, Machine machine)
    {
        // An OFFER that another head node made before the ACK of the same exchange may come after it; its client has chosen already.
        if (RunningOf(machine) is { } mine && mine.Address != answer.YourAddress && mine.Exchange != answer.Inquiry.TransactionId)
            world.Broken($"{machine.Mac} has {mine.Address} and is offered {answer.YourAddress}");
    }

    private void OnAck(DhcpAnswer answer, Machine machine, long number, DateTimeOffset heardAt)
    {
        var address = answer.YourAddress;
        var until = heardAt + TimeSpan.FromSeconds(Packets.LeaseSeconds(answer));
        var isWritten = world.Database.Rows.Find(machine.Mac, address) is { } row && row.ExpiresAt >= until;

        // Its own fixed address is given also while the disk is full: nobody else ever gets it.
        var fromMemory = !isWritten && world.Plan.FixedAddress(machine.Number) == address && _writeFailed.Contains(machine.Mac);
        var isGivenUp = _givenUp.GetValueOrDefault(machine.Mac) > number;
        if (!isWritten && !fromMemory && !isGivenUp) world.Broken($"{address} is acknowledged to {machine.Mac} and is not stored");
        foreach (var other in _promises.Values)
            if (other.Address == address && other.Client != machine.Mac && other.Until > world.Now) world.Broken($"{address} is acknowledged to {machine.Mac} and {other.Client}");
        if (RunningOf(machine) is { } mine && mine.Address != address && machine.Holds(mine.Address)) world.Broken($"{machine.Mac} uses {mine.Address} and is given {address}");
        if (isGivenUp) return;
        _promises[machine.Mac] = new Promise(machine.Mac, address, until) { Exchange = answer.Inquiry.TransactionId, FromMemory = fromMemory };
    }

    private void OnNak(DhcpAnswer answer, Machine machine)
    {
        var inquiry = answer.Inquiry;
        var named = inquiry.ClientAddress.IsAny ? inquiry.RequestedAddress : inquiry.ClientAddress;
        if (inquiry.WantsBoot && !inquiry.ServerIdentifier.IsAny) world.Broken($"{machine.Mac} is refused in SELECTING by a NAK, which ends a boot ROM's boot");
        if (RunningOf(machine) is { } mine && mine.Address == named) world.Broken($"{machine.Mac} is refused its own {named}");
    }

    /// <summary>What the client may count on: acknowledged, running, given up by nobody, in doubt by nobody.</summary>
    public Promise? RunningOf(Machine machine) =>
        _promises.GetValueOrDefault(machine.Mac) is { IsDisputed: false } promise && promise.Until > world.Now && !machine.HasFixedAddress ? promise : null;
}

/// <summary>An ACK that was sent.</summary>
internal sealed record Promise(MacAddress Client, Ipv4Address Address, DateTimeOffset Until)
{
    public bool IsDisputed { get; set; }

    /// <summary>The xid.</summary>
    public uint Exchange { get; init; }

    /// <summary>Given while the disk took no writes.</summary>
    public bool FromMemory { get; init; }
}
