using System.Diagnostics;
using NetBootFabric.Arp;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Node.Doctor;
using NetBootFabric.Node.Wiring;
using NetBootFabric.Sockets;
using NetBootFabric.Testing;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Ndp;

namespace NetBootFabric.Node.Tests.Doctor;

/// <summary>What the doctor sees of a network, each state produced between two network namespaces.</summary>
public sealed class NetworkCheckTests : IDisposable, IRoomSource
{
    private readonly NetworkNamespace _head = new();
    private readonly NetworkNamespace _room = new();

    public NetworkCheckTests()
    {
        _head.Join(_room, "head0", "room0", "52:54:00:00:00:01", "52:54:00:00:00:02");
        _head.Here("addr add 10.77.0.1/16 dev head0");
    }

    public Room Current { get; private set; } = new() { Subnets = [new Subnet { Network = Ipv4Network.Parse("10.77.0.0/16") }] };

    [Fact]
    public void An_interface_with_link_address_and_usual_MTU_is_fit()
    {
        var finding = Assert.Single(Look(Links()));
        Assert.Equal("ok", finding.State);
        Assert.Contains("10.77.0.1", finding.Seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("link set head0 mtu 1400", "broken", "MTU of 1400", "mtu 1500")]
    [InlineData("link set head0 mtu 9000", "advice", "MTU of 9000", "mtu 1500")]
    [InlineData("link set head0 down", "broken", "head0 is down", "ip link set head0 up")]
    [InlineData("addr flush dev head0", "broken", "lost 10.77.0.1", "give it back")]
    public void What_is_wrong_with_an_interface_is_named_with_its_remedy(string done, string state, string seen, string remedy)
    {
        var check = Links();
        _head.Here(done);
        Assert.Contains(Look(check), finding => finding.State == state && finding.Seen.Contains(seen, StringComparison.Ordinal) && finding.Remedy!.Contains(remedy, StringComparison.Ordinal));
    }

    [Fact]
    public void An_interface_whose_other_end_is_down_has_no_link()
    {
        var check = Links();
        _room.Here("link set room0 down");
        Await(() => Look(check) is [{ State: "broken" } finding] && finding.Seen.Contains("no link", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(10_000, true, null)]
    [InlineData(100, true, "advice")]
    [InlineData(100, false, "broken")]
    public void A_slow_link_is_worth_a_word_and_half_duplex_breaks_a_storm(int megabits, bool full, string? state) =>
        Assert.Equal(state, ClientLinks.Speed("eth1", new LinkSpeed(megabits, full)).SingleOrDefault()?.State);

    [Fact]
    public void The_speed_of_a_link_is_the_drivers_word()
    {
        Assert.Equal(new LinkSpeed(10_000, IsFullDuplex: true), _head.Run(() => LinkSpeed.Of("head0"))); // what the driver of virtual pairs says
        Assert.Null(_head.Run(() => LinkSpeed.Of("lo")));
        Assert.Null(LinkSpeed.Of("a-name-that-no-interface-can-have"));
    }

    [Fact]
    public void Another_machine_with_our_address_is_found()
    {
        var check = new OwnAddresses(Interface(), () => [], _head.Run(HostAddresses.Read), TimeProvider.System);
        Assert.Equal("ok", Assert.Single(Look(check)).State);

        _room.Here("addr add 10.77.0.1/16 dev room0");
        var finding = Assert.Single(Look(check));
        Assert.Equal("broken", finding.State);
        Assert.Contains("52:54:00:00:00:02 uses 10.77.0.1 too", finding.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_DHCP_server_on_the_wire_is_found_and_wanted_beside_a_proxy()
    {
        var check = new ForeignDhcpServers(Interface(), this, new OtherDhcpServers(static _ => false), TimeProvider.System);
        _room.Here("addr add 10.77.0.3/16 dev room0");
        Assert.Equal("ok", Assert.Single(Look(check)).State);
        using var dnsmasq = new Dnsmasq(_room, "--interface=room0 --dhcp-range=10.77.9.1,10.77.9.50");
        Await(() => Look(check) is [{ State: "broken" } finding] && finding.Seen.Contains("10.77.0.3 (52:54:00:00:00:02)", StringComparison.Ordinal));

        Current = Current with { Service = DhcpService.Proxy };
        Assert.Equal("ok", Assert.Single(Look(check)).State);
    }

    [Fact]
    public void A_server_that_was_heard_lately_and_does_not_answer_is_mentioned_and_a_proxy_without_one_is_broken()
    {
        var others = new OtherDhcpServers(static _ => false);
        others.Heard(MacAddress.Parse("52:54:00:00:00:09"), default, new OtherDhcpAnswer(Ipv4Address.Parse("10.77.0.9"), Wire.Dhcp.DhcpMessageType.Offer, default, "head0", TimeProvider.System.GetUtcNow()));
        Assert.Equal(["advice"], ForeignDhcpServers.Judge("head0", [], others.All, beside: false).Select(finding => finding.State));
        Assert.Equal(["broken"], ForeignDhcpServers.Judge("head0", [], [], beside: true).Select(finding => finding.State));
    }

    [Fact]
    public void A_server_of_another_kind_at_our_ports_is_named_with_its_process()
    {
        var check = new TakenPorts([67, 69]);
        Assert.Equal("ok", Assert.Single(Look(check)).State);
        using var dnsmasq = new Dnsmasq(_head, "--interface=head0 --dhcp-range=10.77.9.1,10.77.9.50");
        Await(() => Look(check) is [{ State: "broken" } finding] && finding.Seen.Contains("UDP port 67 is open in dnsmasq (process ", StringComparison.Ordinal));
    }

    [Fact]
    public void An_IPv6_router_beside_netbootd_is_found()
    {
        var check = new Ipv6Routers(Interface(), answers: true, TimeProvider.System);
        Assert.Equal("ok", Assert.Single(Look(check)).State);
        using var router = _room.Run(() => PacketSocket.OpenRouterSolicitations(InterfaceTable.Get("room0").Index));
        var answering = new Thread(() => Advertise(router));
        answering.Start();
        Assert.Contains("52:54:00:00:00:02 is an IPv6 router", Assert.Single(Look(check), finding => finding.State == "advice").Seen, StringComparison.Ordinal);
        router.Dispose();
        Assert.True(answering.Join(TimeSpan.FromSeconds(30)));
        Assert.Equal("advice", Assert.Single(Ipv6Routers.Judge("head0", [], answers: false)).State);
    }

    private static void Advertise(PacketSocket router)
    {
        var batch = new FrameBatch(frameSize: 256);
        var mac = MacAddress.Parse("52:54:00:00:00:02");
        var frame = new byte[RouterAdvertisement.FrameSize];
        new RouterAdvertisement { Lifetime = 1800 }.TryWriteFrame(frame, mac, new MacAddress(0x3333_0000_0001), Ipv6Address.LinkLocal(mac), new Ipv6Address(new UInt128(0xFF02_0000_0000_0000, 1)));
        while (!router.IsClosed)
            if (router.Receive(batch) > 0) router.Send(frame);
    }

    private ClientLinks Links() => new(Interface(), this);

    private ServingInterface Interface() => _head.Run(() => ServingInterface.Find("head0", Current));

    private List<Finding> Look(IDoctorCheck check) => _head.Run(() => check.Look().ToList());

    private static void Await(Func<bool> condition)
    {
        var limit = Stopwatch.StartNew();
        while (!condition()) Assert.True(limit.Elapsed < TimeSpan.FromSeconds(60), "it did not come");
    }

    public void Dispose()
    {
        _head.Dispose();
        _room.Dispose();
    }
}
