using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Cluster.Lanes;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Cluster.Tests.Field;

/// <summary>Clients that load from an address of which there is no lease: it was only offered, or another server gave it.</summary>
public sealed class DownloadsWithoutLeaseTests
{
    private static readonly Ipv4Address Elsewhere = Ipv4Address.Parse("10.77.200.7");
    private readonly Fabric _fabric = new();
    private readonly EventLane _lane;

    public DownloadsWithoutLeaseTests() => _lane = new EventLane(_fabric.Region, _fabric.Leases, _fabric.Runtime.TimeProvider, _fabric.Board);

    private void Load(Ipv4Address peer, string path, ContentRole role = ContentRole.Other, long transfer = 1)
    {
        foreach (var stage in new[] { TransferStage.Started, TransferStage.Done })
        {
            _lane.Report(new TransferEvent
            {
                Stage = stage,
                Protocol = TransferProtocol.Tftp,
                Peer = peer,
                Path = path,
                Role = role,
                Bytes = stage == TransferStage.Done ? 1000 : 0,
                Length = 1000,
                Transfer = transfer,
                At = _fabric.Runtime.TimeProvider.GetUtcNow(),
            });
        }
        _fabric.Runtime.RunUntilIdle();
    }

    [Fact] // F10
    public void A_client_that_goes_from_the_OFFER_straight_to_TFTP_is_seen_and_keeps_its_address()
    {
        _fabric.Send(DhcpMessageType.Discover);
        var offered = ((DhcpAnswer)_fabric.Heard().Single()).YourAddress;
        Load(offered, "start4.elf");

        Assert.Equal((BootPhase.Resolved, offered), (_fabric.Client.Current!.Phase, _fabric.Client.Current.Address));
        Assert.Equal(Fabric.Mac, _fabric.Leases.Find(offered, _fabric.Runtime.TimeProvider.GetUtcNow())?.Client);
        _fabric.Runtime.Advance(TimeSpan.FromMinutes(2));
        Assert.NotEqual(FailureCause.NoRequest, _fabric.Client.Current!.Failure?.Cause);
    }

    [Fact]
    public void An_ARP_question_after_an_OFFER_says_that_the_client_goes_on()
    {
        _fabric.Send(DhcpMessageType.Discover);
        _lane.Report(new ArpObservation(ArpSighting.ServerAsked, Fabric.Mac, Fabric.Server, 1, "eth1", _fabric.Runtime.TimeProvider.GetUtcNow()));
        _fabric.Runtime.RunUntilIdle();
        Assert.Equal(BootPhase.Resolved, _fabric.Client.Current!.Phase);
    }

    [Fact] // F13
    public void Beside_a_proxy_a_REQUEST_to_the_other_server_and_the_download_after_it_are_the_boots_own()
    {
        _fabric.Current = _fabric.Current with { Service = DhcpService.Proxy };
        _fabric.Send(DhcpMessageType.Discover);
        _fabric.Send(DhcpMessageType.Request, requested: Elsewhere, toUs: false);
        Assert.Equal((BootPhase.Bound, Elsewhere, 0), (_fabric.Client.Current!.Phase, _fabric.Client.Current.Address, _fabric.Client.Current.OffersUnanswered));

        Load(Elsewhere, "undionly.kpxe", ContentRole.Loader);
        Assert.Equal(BootPhase.Loader, _fabric.Client.Current!.Phase);
        _fabric.Runtime.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal((BootStep.Tftp, FailureCause.Stalled), (_fabric.Client.Current!.Failure!.Step, _fabric.Client.Current.Failure.Cause));
    }

    [Fact]
    public void Beside_a_proxy_a_client_whose_REQUEST_nobody_here_heard_is_known_by_its_ARP()
    {
        _fabric.Current = _fabric.Current with { Service = DhcpService.Proxy };
        _fabric.Send(DhcpMessageType.Discover);
        var now = _fabric.Runtime.TimeProvider.GetUtcNow();
        _lane.Report(new ArpObservation(ArpSighting.ServerAsked, Fabric.Mac, Fabric.Server, 1, "eth1", now) { SenderAddress = Elsewhere });
        Load(Elsewhere, "undionly.kpxe", ContentRole.Loader);
        Assert.Equal((BootPhase.Loader, Elsewhere), (_fabric.Client.Current!.Phase, _fabric.Client.Current.Address));
    }

    [Fact]
    public void A_lease_outweighs_whoever_speaks_from_its_address()
    {
        var leased = _fabric.Exchange();
        var now = _fabric.Runtime.TimeProvider.GetUtcNow();
        _lane.Report(new ArpObservation(ArpSighting.ServerAsked, new MacAddress(0x02_0000_0009), Fabric.Server, 1, "eth1", now) { SenderAddress = leased });
        Load(leased, "undionly.kpxe", ContentRole.Loader);
        Assert.Equal(BootPhase.Loader, _fabric.Client.Current!.Phase);
        Assert.Null(_fabric.Board.Find(new MacAddress(0x02_0000_0009)));
    }
}
