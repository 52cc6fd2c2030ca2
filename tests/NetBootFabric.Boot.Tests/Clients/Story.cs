using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Tests.Clients;

/// <summary>Tells a boot as a sequence of what is seen, a second apart unless said otherwise.</summary>
internal sealed class Story
{
    public static readonly MacAddress Mac = MacAddress.Parse("52:54:00:77:00:01");
    public static readonly Ipv4Address Address = Ipv4Address.Parse("10.77.1.1");
    public static readonly Ipv4Address Server = Ipv4Address.Parse("10.77.0.1");
    private static readonly Ingress Ingress = new(0, "eth1", Server, Ipv4Address.Any, 68, 67);
    private long _transfer;

    public ClientState State { get; private set; } = new() { Mac = Mac };
    public DateTimeOffset Now { get; private set; } = DateTimeOffset.UnixEpoch;

    public BootRecord Boot => State.Current!;
    public IEnumerable<BootPhase> Phases => Boot.Phases.Select(entry => entry.Phase);

    public static DhcpInquiry Inquiry(DhcpMessageType type, uint xid, ClientStage stage) => new()
    {
        Type = type,
        Client = Mac,
        TransactionId = xid,
        Ingress = Ingress,
        UserClass = stage == ClientStage.Ipxe ? "iPXE" : "",
        VendorClass = stage == ClientStage.System ? "udhcp 1.35.0" : "PXEClient:Arch:00000:UNDI:002001",
        Architecture = stage == ClientStage.System ? ClientArchitecture.Unknown : ClientArchitecture.BiosX86,
    };

    public Story Wait(TimeSpan time)
    {
        Now += time;
        return this;
    }

    public Story Silence(TimeSpan time)
    {
        Now += time;
        State = BootMachine.OnSilence(State, Now);
        return this;
    }

    public Story Discover(uint xid, ClientStage stage = ClientStage.Firmware) => See(DhcpMessageType.Discover, xid, stage);

    /// <summary>Begins anew, and shows a UUID.</summary>
    public Story DiscoverAs(Guid uuid, ClientStage stage = ClientStage.Firmware)
    {
        Now += TimeSpan.FromSeconds(1);
        State = BootMachine.OnInquiry(State, Inquiry(DhcpMessageType.Discover, (uint)Now.ToUnixTimeSeconds(), stage) with { ClientUuid = (byte[])[0, .. uuid.ToByteArray()] }, Now);
        return this;
    }

    public Story Request(uint xid, ClientStage stage = ClientStage.Firmware) => See(DhcpMessageType.Request, xid, stage);

    public Story Offer(uint xid, ClientStage stage = ClientStage.Firmware) => Answer(DhcpMessageType.Offer, DhcpMessageType.Discover, xid, stage);

    public Story Ack(uint xid, ClientStage stage = ClientStage.Firmware) => Answer(DhcpMessageType.Ack, DhcpMessageType.Request, xid, stage);

    public Story Exchange(uint xid, ClientStage stage = ClientStage.Firmware) => Discover(xid, stage).Offer(xid, stage).Request(xid, stage).Ack(xid, stage);

    public Story Intend(BootIntent intent)
    {
        State = BootMachine.OnPlan(State, new BootPlan(null, intent));
        return this;
    }

    public Story Plan(Profile profile)
    {
        State = BootMachine.OnPlan(State, new BootPlan(profile, BootIntent.Always));
        return this;
    }

    public Story Dismiss(DhcpDismissal reason)
    {
        State = BootMachine.OnDismissed(State, Dismissals.Explain(Inquiry(DhcpMessageType.Discover, 1, ClientStage.Firmware), reason, Room.Empty, new Dhcp.DhcpRoom().Book, Now));
        return this;
    }

    public Story Arp()
    {
        Now += TimeSpan.FromSeconds(1);
        State = BootMachine.OnArp(State, new ArpObservation(ArpSighting.ServerAsked, Mac, Server, 1, "eth1", Now));
        return this;
    }

    public Story Load(ContentRole role, string path, TransferProtocol protocol = TransferProtocol.Tftp, long bytes = 1000)
    {
        _transfer++;
        return Transfer(TransferStage.Started, role, path, protocol, 0).Transfer(TransferStage.Done, role, path, protocol, bytes);
    }

    public Story Fail(ContentRole role, string path, TransferFailure failure)
    {
        _transfer++;
        return Transfer(TransferStage.Failed, role, path, TransferProtocol.Tftp, 0, failure);
    }

    /// <summary>The last download but <paramref name="back"/> is given up by the server's clock.</summary>
    public Story GiveUp(ContentRole role, string path, long bytes, bool isAllSent = false, int back = 0)
    {
        var latest = _transfer;
        _transfer -= back;
        Transfer(TransferStage.Failed, role, path, TransferProtocol.Tftp, bytes, TransferFailure.TimedOut, isAllSent);
        _transfer = latest;
        return this;
    }

    public Story Ask(ContentRole role, string path)
    {
        _transfer++;
        return Transfer(TransferStage.Started, role, path, TransferProtocol.Tftp, 0);
    }

    public Story Begin(ContentRole role, string path)
    {
        _transfer++;
        return Transfer(TransferStage.Started, role, path, TransferProtocol.Http, 0);
    }

    public Story Report(bool booted = true, string? detail = null)
    {
        Now += TimeSpan.FromSeconds(1);
        State = BootMachine.OnReport(State, new SystemReport(Mac, Address, booted, detail, Now));
        return this;
    }

    private Story Transfer(TransferStage stage, ContentRole role, string path, TransferProtocol protocol, long bytes, TransferFailure failure = TransferFailure.None, bool isAllSent = false)
    {
        Now += TimeSpan.FromSeconds(1);
        State = BootMachine.OnTransfer(State, new TransferEvent
        {
            Stage = stage,
            Protocol = protocol,
            Peer = Address,
            Path = path,
            Role = role,
            Bytes = bytes,
            Length = 1000,
            Failure = failure,
            Transfer = _transfer,
            IsAllSent = isAllSent,
            At = Now,
        });
        return this;
    }

    private Story See(DhcpMessageType type, uint xid, ClientStage stage)
    {
        Now += TimeSpan.FromSeconds(1);
        State = BootMachine.OnInquiry(State, Inquiry(type, xid, stage), Now);
        return this;
    }

    private Story Answer(DhcpMessageType type, DhcpMessageType to, uint xid, ClientStage stage)
    {
        var answer = new DhcpAnswer { Inquiry = Inquiry(to, xid, stage), Type = type, Route = ReplyRoute.Broadcast, YourAddress = Address, NextServer = Server };
        State = BootMachine.OnAnswered(State, answer, Now);
        return this;
    }
}
