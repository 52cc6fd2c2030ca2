using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Events;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Cluster.Tests;

public sealed class SerializerTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    private static readonly MacAddress Mac = MacAddress.Parse("52:54:00:77:00:01");
    private static readonly Ipv4Address Address = Ipv4Address.Parse("10.77.1.1");

    private static readonly DhcpInquiry Inquiry = new()
    {
        Type = DhcpMessageType.Request,
        Client = Mac,
        TransactionId = 0xDEADBEEF,
        RequestedAddress = Address,
        Architecture = ClientArchitecture.BiosX86,
        UserClass = "iPXE",
        ClientUuid = new byte[] { 0, 1, 2 },
        RelayInformation = new byte[] { 1, 1, 7 },
        BroadcastFlag = true,
        Ingress = new Ingress(3, "eth1", Address, Address, 68, 67),
    };

    private static readonly TransferEvent Transfer = new()
    {
        Stage = TransferStage.Failed,
        Protocol = TransferProtocol.Http,
        Peer = Address,
        Client = Mac,
        Path = "vmlinuz",
        Role = ContentRole.Kernel,
        Bytes = 5,
        Length = 10,
        Failure = TransferFailure.TimedOut,
        Detail = "gone",
        Transfer = 9,
        At = At,
    };

    private static readonly BootRecord Boot = new()
    {
        Number = 3,
        Phase = BootPhase.Failed,
        Phases = [new PhaseEntry(BootPhase.Discovering, At), new PhaseEntry(BootPhase.Failed, At.AddSeconds(1))],
        Boots = true,
        Architecture = ClientArchitecture.BiosX86,
        Address = Address,
        Transport = TransferProtocol.Tftp,
        Downloads = [new Download(1, "pxelinux.0", TransferProtocol.Tftp, ContentRole.Loader, 10, 10, TransferStage.Done, At)],
        Failure = new BootFailure(BootStep.Tftp, FailureCause.NotFound, "vmlinuz"),
        LastHeard = At,
    };

    private static readonly Dictionary<string, object> Messages = new()
    {
        ["arrived"] = new DhcpArrived(Inquiry),
        ["answer"] = new DhcpAnswer
        {
            Inquiry = Inquiry,
            Type = DhcpMessageType.Ack,
            Route = ReplyRoute.UnicastToHardware,
            YourAddress = Address,
            BootFile = "undionly.kpxe",
            Options = [new DhcpOptionValue(51, new byte[] { 0, 0, 1, 0 })],
        },
        ["dismissed"] = new DhcpDismissed(Inquiry, DhcpDismissal.PoolExhausted),
        ["transfer"] = new TransferSeen(Mac, Transfer),
        ["arp"] = new ArpSeen(Mac, new ArpObservation(ArpSighting.Conflict, Mac, Address, 2, "eth1", At)),
        ["report"] = new SystemReported(new SystemReport(Mac, Address, true, null, At)),
        ["wake"] = new Wake(Mac),
        ["get"] = new GetClient(Mac),
        ["stop"] = StopClient.Instance,
        ["advanced"] = new BootAdvanced(Boot, new ClientAttributes { Uuid = "x", ClientIdentifiers = ["01"] }, true),
        ["state"] = new ClientState { Mac = Mac, Current = Boot, History = [Boot with { Number = 2 }], OnceServed = true },
    };

    public static TheoryData<string> Names => [.. Messages.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_comes_back_as_it_was(string name)
    {
        var serializer = new FabricSerializer(null!);
        var message = Messages[name];
        var bytes = serializer.ToBinary(message);
        var back = serializer.FromBinary(bytes, serializer.Manifest(message));

        // Memory and arrays compare by reference: the bytes tell whether the whole value came back.
        Assert.Equal(message.GetType(), back.GetType());
        Assert.Equal(bytes, serializer.ToBinary(back));
    }

    [Fact]
    public void Every_type_of_the_closed_set_is_tried_here() =>
        Assert.Equal(FabricSerializer.Types.ToHashSet(), Messages.Values.Select(message => message.GetType()).ToHashSet());

    [Fact]
    public void Default_values_survive()
    {
        var serializer = new FabricSerializer(null!);
        var back = (DhcpArrived)serializer.FromBinary(serializer.ToBinary(Messages["arrived"]), "dhcp-arrived:1");

        Assert.Equal(ClientArchitecture.BiosX86, back.Inquiry.Architecture);
        Assert.Equal(0xDEADBEEF, back.Inquiry.TransactionId);
        Assert.Equal(Inquiry.RelayInformation.ToArray(), back.Inquiry.RelayInformation.ToArray());
    }

    [Fact]
    public void A_manifest_from_a_newer_release_is_refused_with_a_reason()
    {
        var refused = Assert.ThrowsAny<Exception>(() => new FabricSerializer(null!).FromBinary([], "boot-advanced:2"));
        Assert.Contains("newer release", refused.Message, StringComparison.Ordinal);
    }
}
