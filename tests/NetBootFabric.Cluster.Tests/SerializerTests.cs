using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Transfers;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Cluster.Ledger;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Cluster.Tests;

public sealed class SerializerTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    private static readonly MacAddress Mac = MacAddress.Parse("52:54:00:77:00:01");
    private static readonly Ipv4Address Address = Ipv4Address.Parse("10.77.1.1");

    private static readonly TransferKey Key = new(Address, 2070, Address, 6900);

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
        Held = true,
        Order = new BootOrder(BootOrderKind.Next, 9),
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
        ["facts"] = new HeadFacts { Name = "head1", Home = [Address], Held = [Address], Own = [Address], Weight = 100, Transfers = 7, Version = "0.1.0", Clients = 12, Drains = true, Downloads = "AAAA", CatalogRevision = 41 },
        ["catalog"] = new CatalogChanged(42),
        ["bulletin"] = new LeaseBulletin(
        [
            new LeaseNews { Granted = new Lease { Client = Mac, Address = Address, ExpiresAt = At, Shard = 5, HostName = "n1" } },
            new LeaseNews { Ended = new LeaseEnd(Mac, Address) },
            new LeaseNews { Quarantined = new Quarantine(Address, At, "declined") },
        ]),
        ["transfers"] = new TransferBulletin(
        [
            TransferLine.Of(new TransferOpened(new OpenTransfer { Key = Key, Client = Mac, Node = "head1", Number = 3, Path = "vmlinuz", Length = 1 << 20, ETag = "x", Sample = ulong.MaxValue, BlockSize = 1408, WindowSize = 16, Block = 70_000 })),
            TransferLine.Of(new TransferMoved(Key, "head1", 70_001)),
            TransferLine.Of(new TransferClosed(Key, "head1")),
        ]),
        ["follow"] = FollowPhases.Instance,
        ["phases"] = new PhaseBulletin(["{}"]),
        ["question"] = new HeadQuestion("/api/v1/status"),
        ["head-answer"] = new HeadAnswer("head2", 200, "{}"),
        ["look"] = LookAtOnce.Instance,
        ["ping"] = new BeatPing(4711, 3),
        ["pong"] = new BeatPong(4711, BeatState.Fenced),
        ["start-shard"] = new StartShard(127),
        ["advanced"] = new BootAdvanced(Boot, new ClientAttributes { Uuid = "x", ClientIdentifiers = ["01"] }, true) { OnceOrder = 7, NextServed = 9 },
        ["ledger-event"] = new LedgerWritten(new byte[] { 1, 2, 3 }),
        ["ledger-snapshot"] = new LedgerSnapshot(new byte[] { 4, 5, 6 }),
        ["state"] = new ClientState { Mac = Mac, Current = Boot, History = [Boot with { Number = 2 }], OnceServed = true, OnceOrder = 7, NextServed = 9 },
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
        var refused = Assert.ThrowsAny<Exception>(() => new FabricSerializer(null!).FromBinary([], "boot-advanced:3"));
        Assert.Contains("newer release", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>What an earlier release left in the journal.</summary>
    [Fact]
    public void A_boot_stored_as_JSON_is_still_read()
    {
        var serializer = new FabricSerializer(null!);
        var stored = (BootAdvanced)Messages["advanced"];
        var json = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(stored, FabricJson.Default.BootAdvanced);
        var back = serializer.FromBinary(json, "boot-advanced:1");

        Assert.Equal(serializer.ToBinary(stored), serializer.ToBinary(back));
    }

    /// <summary>Of a boot in every way not the default one, as the first release wrote it. What later ones write begins with that.</summary>
    private const string Golden = "0101750202303102666609505845436c69656e74036ec3a402353201014d0a060980c0a6eeeb9fa4df110200000980dac40901010001014d0a01004d0a0d756e64696f6e6c792e6b70786501040206080a80f085da2c0e02020a7078656c696e75782e300001141402000407766d6c696e757a01030001009f9c0101000931302e37372e312e300b0207766d6c696e757aefbeadde0101";

    /// <summary>What came behind it.</summary>
    private const string Second = "80c0a6eeeb9fa4df11016301016504";

    [Fact]
    public void The_stored_form_of_a_boot_only_grows_at_its_end()
    {
        Assert.Equal(Golden + Second + "0102120e12", Convert.ToHexStringLower(new FabricSerializer(null!).ToBinary(FullAdvance)));
    }

    [Fact]
    public void Every_field_of_a_stored_boot_comes_back()
    {
        var serializer = new FabricSerializer(null!);
        var back = (BootAdvanced)serializer.FromBinary(serializer.ToBinary(FullAdvance), serializer.Manifest(FullAdvance));

        Assert.Equal(Json(FullAdvance), Json(back));
    }

    /// <summary>A field that somebody adds and the format forgets has its default value there. Not kept are a turn, since who waits for it asks again, and a remark on the exchange.</summary>
    [Fact]
    public void No_field_of_the_stored_boot_above_has_its_default_value()
    {
        Assert.Equal([nameof(BootRecord.AwaitsTurn), nameof(BootRecord.Remark)], Defaults(FullAdvance.Boot, new BootRecord { Number = 0, Phase = default }));
        Assert.Empty(Defaults(FullAdvance.Attributes, new ClientAttributes()));
    }

    private static IEnumerable<string> Defaults<T>(T value, T usual) =>
        from property in typeof(T).GetProperties()
        where property.CanWrite && Equals(property.GetValue(value), property.GetValue(usual))
        select property.Name;

    [Fact]
    public void A_stored_boot_cut_short_anywhere_is_refused()
    {
        var serializer = new FabricSerializer(null!);
        var whole = serializer.ToBinary(FullAdvance);
        for (var length = 0; length < whole.Length; length++)
            if (length != Golden.Length / 2 && length != (Golden + Second).Length / 2) Assert.Throws<System.Runtime.Serialization.SerializationException>(() => serializer.FromBinary(whole[..length], "boot-advanced:2"));
    }

    [Fact]
    public void What_the_first_release_stored_is_read()
    {
        var back = (BootAdvanced)new FabricSerializer(null!).FromBinary(Convert.FromHexString(Golden), "boot-advanced:2");
        Assert.Equal(Json(FullAdvance with
        {
            Boot = FullAdvance.Boot with { SystemHeardAt = null, Conflict = "", Held = false, Order = default },
            OnceOrder = 0,
            NextServed = 0,
            Attributes = FullAdvance.Attributes with { UuidStage = ClientStage.System, EarlierUuid = "", UuidReturns = 0 },
        }), Json(back));
    }

    private static readonly BootAdvanced FullAdvance = new(
        Boot with
        {
            Stage = ClientStage.Ipxe,
            Server = Ipv4Address.Parse("10.77.0.1"),
            Loader = "undionly.kpxe",
            Discovers = 2,
            Exchanges = 1,
            Retries = 3,
            OffersUnanswered = 4,
            ArpQuestions = 5,
            Bytes = 6_000_000_000,
            Retransmissions = 7,
            Trouble = new BootFailure(BootStep.Dhcp, FailureCause.PoolExhausted, "10.77.1.0"),
            TransactionId = 0xDEADBEEF,
            TransactionAcknowledged = true,
            ToDisk = true,
            SystemHeardAt = At,
            Conflict = "c",
            Downloads = [.. Boot.Downloads, new Download(2, "vmlinuz", TransferProtocol.Http, ContentRole.Kernel, 0, null, TransferStage.Started, At.AddMilliseconds(-1))],
        },
        new ClientAttributes { Uuid = "u", UuidStage = ClientStage.Ipxe, EarlierUuid = "e", UuidReturns = 2, ClientIdentifiers = ["01", "ff"], VendorClass = "PXEClient", HostName = "n\u00e4", RelayInformation = "52", Relay = Address },
        OnceServed: true)
    {
        OnceOrder = 7,
        NextServed = 9,
    };

    private static string Json(BootAdvanced stored) => System.Text.Json.JsonSerializer.Serialize(stored, FabricJson.Default.BootAdvanced);
}
