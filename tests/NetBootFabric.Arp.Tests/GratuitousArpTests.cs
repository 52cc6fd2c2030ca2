using NetBootFabric.Sockets;
using NetBootFabric.Wire.Arp;
using static NetBootFabric.Arp.Tests.Someone;

namespace NetBootFabric.Arp.Tests;

public sealed class GratuitousArpTests
{
    [Fact]
    public void An_announcement_goes_out_as_a_request_and_as_a_reply()
    {
        using var segment = new Segment();
        using var announcer = segment.Server.Run(() => new GratuitousArp(segment.Link));
        Assert.Equal(Errno.None, announcer.Announce(OtherAddress));

        var (first, second) = (segment.Next(), segment.Next());
        Assert.Equal((ArpOperation.Request, ArpOperation.Reply), (first.Operation, second.Operation));
        Assert.All([first, second], packet => Assert.Equal((true, Server), (packet.IsAnnouncement, packet.SenderMac)));
    }

    [Fact]
    public void A_cache_that_names_the_dead_machine_is_corrected()
    {
        using var segment = new Segment();
        segment.Other.Here($"address add {ClientAddress}/24 dev eth0");
        using var table = segment.Other.Run(() => new NeighbourTable());
        var index = segment.Wire.InterfaceIndex;
        Assert.Equal(Errno.None, table.Set(index, OtherAddress.Value, Stranger.Value, NeighbourState.Stale));
        using var announcer = segment.Server.Run(() => new GratuitousArp(segment.Link));
        announcer.Announce(OtherAddress);

        segment.Next();
        segment.Next(); // the kernel has worked off what it handed on to us
        var entries = new List<NeighbourEntry>();
        Assert.Equal(Errno.None, table.Dump(index, entries));
        Assert.Equal(Server.Value, Assert.Single(entries, entry => entry.Address == OtherAddress.Value).Mac);
    }
}
