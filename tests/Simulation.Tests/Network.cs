using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Simulation.Tests.Clients;
using NetBootFabric.Simulation.Tests.Nodes;
using NetBootFabric.Wire;

namespace NetBootFabric.Simulation.Tests;

/// <summary>The wire between machines and head nodes: loses, delays, doubles and so reorders packets, for each that hears a broadcast in its own way.</summary>
internal sealed class Network(World world)
{
    /// <summary>
    /// The longest that a packet is on its way. Shorter than a machine's self test: DHCP itself can't tell a RELEASE of the last boot
    /// that comes after the next boot's ACK.
    /// </summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    public void Broadcast(DhcpInquiry inquiry)
    {
        Note(inquiry);
        var number = world.Broadcasts.Begin(inquiry);
        foreach (var head in world.Heads) Carry(() => head.Hear(inquiry, number, isUnicast: false));
    }

    /// <summary>To whoever has the address when the packet arrives.</summary>
    public void Unicast(DhcpInquiry inquiry, Ipv4Address server)
    {
        Note(inquiry);
        Carry(() => world.HolderOf(server)?.Hear(inquiry, 0, isUnicast: true));
    }

    /// <summary>A relay agent sends each packet to all the head nodes that it was told of, or to one of them, to which only it speaks.</summary>
    public void Relay(DhcpInquiry inquiry, bool toAll)
    {
        Note(inquiry);
        var relayed = inquiry with { RelayAddress = Plan.RelayAgent };
        if (toAll) foreach (var head in world.Heads) Carry(() => head.Hear(relayed, 0, isUnicast: true));
        else Carry(() => world.HolderOf(world.OneOf(world.Heads).Server)?.Hear(relayed, 0, isUnicast: true));
    }

    public void ToMachine(Machine machine, DhcpAnswer answer) => Carry(() => machine.Hear(answer));

    /// <summary>The head node that something which is no datagram (a question with its answer, a download) gets through to just now.</summary>
    public HeadNode? Reach(Ipv4Address server) =>
        world.IsCalm || !world.Chance(world.Plan.Loss) ? world.HolderOf(server)?.Running : null;

    private void Note(DhcpInquiry inquiry) =>
        world.Note($"sends {inquiry.Type}", inquiry.Client, inquiry.RequestedAddress.IsAny ? inquiry.ClientAddress : inquiry.RequestedAddress, inquiry.TransactionId);

    private void Carry(Action arrive)
    {
        if (!Lost) world.After(Travel(), arrive);
        if (!world.IsCalm && world.Chance(world.Plan.Duplication)) world.After(Travel(), arrive);
    }

    private bool Lost => !world.IsCalm && world.Chance(world.Plan.Loss);

    private TimeSpan Travel() =>
        !world.IsCalm && world.Chance(world.Plan.Reordering) ? world.Between(0, Longest.TotalSeconds) : world.Between(0.0001, 0.001);
}
