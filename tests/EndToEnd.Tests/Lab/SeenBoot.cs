using System.Globalization;
using NetBootFabric.AdminApi;

namespace NetBootFabric.EndToEnd.Tests.Lab;

/// <summary>One boot, from three sides: the fabric's, the wire's and the machine's own.</summary>
/// <param name="Wire">The client's DHCP packets over the machine's whole life.</param>
/// <param name="Complaints">What tshark finds wrong with the head node's packets.</param>
/// <param name="Time">From power-on to power-off.</param>
internal sealed record SeenBoot(
    ClientDetail Client, BootView Boot, IReadOnlyList<DhcpPacket> Wire, IReadOnlyList<string> Complaints, string Console, TimeSpan Time)
{
    public int Discovers => Wire.Count(packet => packet.Type == DhcpPacket.Discover);

    /// <summary>The system came up with the room's first address and name, after so many exchanges on the wire, and the fabric saw it go that way.</summary>
    /// <param name="afterResolved">The phases between Resolved and Booted.</param>
    public void WentThrough(int exchanges, string transport, params string[] afterResolved)
    {
        Assert.Contains($"NETBOOT-FABRIC-UP address={Room.FirstAddress} hostname=n001", Console, StringComparison.Ordinal);
        Assert.Equal(["Discovering", "Offered", "Bound", "Resolved", .. afterResolved, "Booted"], Boot.Phases.Select(phase => phase.Phase));
        Assert.Equal(exchanges, DhcpPacket.Exchanges(Wire));
        Assert.Equal(exchanges, Boot.Exchanges);
        Assert.Equal(Discovers, Boot.Discovers);
        Assert.Equal(transport, Boot.Transport);
        Assert.Equal(Room.FirstAddress, Boot.Address);
        Assert.Null(Boot.Failure);
        Assert.Empty(Complaints);
    }

    public string Summary(string name) => string.Create(CultureInfo.InvariantCulture,
        $"{name}: {Time.TotalSeconds:0.0} s, {Discovers} DISCOVER, {DhcpPacket.Exchanges(Wire)} exchange(s), {string.Join(" > ", Boot.Phases.Select(phase => phase.Phase))}");
}
