using System.Diagnostics;
using NetBootFabric.Sockets;
using NetBootFabric.Testing;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Ethernet;
using NetBootFabric.Wire.Ip;
using NetBootFabric.Wire.Ndp;
using static NetBootFabric.Ndp.Tests.Someone;

namespace NetBootFabric.Ndp.Tests;

/// <summary>On a real wire: a server's namespace and another one, both of whose kernels are kept from asking for routers by themselves.</summary>
public sealed class RouterAdvertiserTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly NetworkNamespace _room = new();
    private readonly NetworkNamespace _other = new();
    private readonly PacketSocket _wire;
    private readonly NdpMetrics _metrics = new();
    private readonly Booting _booting = new() { Client, OtherClient };

    public RouterAdvertiserTests()
    {
        _room.Join(_other, "eth0", "eth0", Server.ToString(), Client.ToString());
        foreach (var one in new[] { _room, _other })
        {
            one.Here("link set eth0 addrgenmode none");
            one.Here("address flush dev eth0");
        }
        _wire = _other.Run(() => PacketSocket.Open(new PacketSocketOptions { InterfaceIndex = InterfaceTable.Get("eth0").Index, EtherType = 0x86DD }));
    }

    public void Dispose()
    {
        _wire.Dispose();
        _room.Dispose();
        _other.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public void A_booting_client_is_told_alone_that_there_is_no_router()
    {
        using var advertiser = Start();
        Ask(Client, new RouterSolicitation(Ipv6Address.LinkLocal(Client), Client));
        Assert.Equal((Server, Client, Ipv6Address.LinkLocal(Server), Ipv6Address.LinkLocal(Client)), Answer());
        Ask(OtherClient, default);
        Assert.Equal((Server, OtherClient, Ipv6Address.LinkLocal(Server), Ipv6Address.AllNodes), Answer());
    }

    [Fact]
    public void The_interfaces_own_link_local_address_is_the_source()
    {
        _room.Here("address add fe80::77/64 dev eth0 nodad");
        using var advertiser = Start();
        Ask(Client, new RouterSolicitation(Ipv6Address.LinkLocal(Client), Client));
        Assert.Equal("fe80::77", Answer().Source.ToString());
    }

    [Fact]
    public void Every_solicitation_is_answered_ignored_or_rejected_and_counted()
    {
        using var advertiser = Start();
        Ask(Stranger, new RouterSolicitation(Ipv6Address.LinkLocal(Stranger), Stranger));
        Ask(Client, new RouterSolicitation(default, Client)); // not valid
        Ask(Client, default);
        Assert.Equal(Client, Answer().To);
        Await(() => _metrics.Answered == 1); // counted once it is sent
        Assert.Equal((1, 1, 0), (_metrics.Ignored, _metrics.Rejected, _metrics.Faults));
    }

    [Fact]
    public void It_hears_on_after_a_fault_and_after_the_link_was_down()
    {
        using var advertiser = Start();
        _booting.Asked = () =>
        {
            _booting.Asked = null;
            throw new InvalidOperationException("full");
        };
        Ask(Client, default);
        Ask(OtherClient, default);
        Assert.Equal(OtherClient, Answer().To);
        Assert.Equal(1, _metrics.Faults);

        _room.Here("link set eth0 down");
        _room.Here("link set eth0 up");
        _room.AwaitLink("eth0");
        _other.AwaitLink("eth0");
        Ask(Client, default);
        Assert.Equal(Client, Answer().To);
    }

    [Fact]
    public void Linux_that_runs_is_not_answered()
    {
        using var advertiser = Start();
        _booting.Remove(Client);
        LetLinuxAsk();
        Await(() => _metrics.Ignored > 0);
        Ask(OtherClient, default);
        Assert.Equal(OtherClient, Answer().To);
        Assert.Equal(0, _metrics.Rejected);
    }

    [Fact]
    public void Linux_that_is_answered_takes_neither_route_nor_address_from_it()
    {
        using var advertiser = Start();
        LetLinuxAsk();
        Assert.Equal(Client, Answer().To);
        Ask(OtherClient, default); // its answer comes after the kernel has seen the first one
        Assert.Equal(OtherClient, Answer().To);
        Assert.Empty(_other.Show("-6 route show default"));
        Assert.DoesNotContain("scope global", _other.Show("-6 address show dev eth0"), StringComparison.Ordinal);
    }

    private RouterAdvertiser Start() => _room.Run(() => RouterAdvertiser.Start(InterfaceTable.Get("eth0"), _booting, _metrics, TimeProvider.System));

    /// <summary>The kernel makes itself an address, and then asks for routers.</summary>
    private void LetLinuxAsk()
    {
        _other.Here("link set eth0 down");
        _other.Here("link set eth0 addrgenmode eui64");
        _other.Here("link set eth0 up");
    }

    private static void Await(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, Limit));

    private void Ask(MacAddress sender, RouterSolicitation solicitation)
    {
        var frame = new byte[RouterSolicitation.LargestFrame];
        Assert.True(solicitation.TryWriteFrame(frame, sender, out var length));
        Assert.Equal(Errno.None, _wire.Send(frame.AsSpan(0, length)));
    }

    /// <summary>The next advertisement on the wire; it must say nothing.</summary>
    private (MacAddress From, MacAddress To, Ipv6Address Source, Ipv6Address Destination) Answer()
    {
        var batch = new FrameBatch(capacity: 1);
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Limit;)
        {
            if (_wire.Receive(batch, Limit) == 0) continue; // the news that the link was down
            Assert.True(EthernetFrame.TryParse(batch[0].Bytes, out var frame, out _));
            if (!RouterAdvertisement.TryParse(frame.Payload, out var advertisement, out _)) continue;
            Assert.Equal(default, advertisement);
            Assert.True(Ipv6Packet.TryParse(frame.Payload, out var packet, out _));
            return (frame.Source, frame.Destination, packet.Source, packet.Destination);
        }
        throw new TimeoutException("no advertisement came");
    }
}
