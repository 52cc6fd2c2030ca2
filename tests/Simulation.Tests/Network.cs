using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Simulation.Tests.Clients;

namespace NetBootFabric.Simulation.Tests;

/// <summary>The wire between machines and head node: loses, delays, doubles and so reorders packets.</summary>
internal sealed class Network(World world)
{
    /// <summary>
    /// The longest that a packet is on its way. Shorter than a machine's self test: DHCP itself can't tell a RELEASE of the last boot
    /// that comes after the next boot's ACK.
    /// </summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    public void ToNode(DhcpInquiry inquiry)
    {
        world.Note($"sends {inquiry.Type}", inquiry.Client, inquiry.RequestedAddress.IsAny ? inquiry.ClientAddress : inquiry.RequestedAddress, inquiry.TransactionId);
        Carry(() => world.Node?.Hear(inquiry));
    }

    public void ToMachine(Machine machine, DhcpAnswer answer) => Carry(() => machine.Hear(answer));

    /// <summary>Whether something that is no datagram (a question with its answer, a download) gets through just now.</summary>
    public bool Reaches => world.Node is not null && (world.IsCalm || !world.Chance(world.Plan.Loss));

    private void Carry(Action arrive)
    {
        if (!Lost) world.After(Travel(), arrive);
        if (!world.IsCalm && world.Chance(world.Plan.Duplication)) world.After(Travel(), arrive);
    }

    private bool Lost => !world.IsCalm && world.Chance(world.Plan.Loss);

    private TimeSpan Travel() =>
        !world.IsCalm && world.Chance(world.Plan.Reordering) ? world.Between(0, Longest.TotalSeconds) : world.Between(0.0001, 0.001);
}
