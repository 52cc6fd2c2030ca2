using System.Collections.Immutable;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Cluster.Tests.Ledger;

/// <summary>Clients with every field drawn at random, from a seed.</summary>
internal sealed class AnyClient(int seed)
{
    private readonly Random _random = new(seed);

    public ClientState Next() => new()
    {
        Mac = new MacAddress((ulong)_random.NextInt64(1L << 48)),
        Current = Boot(),
        History = Many(ClientState.HistoryKept, Boot),
        Attributes = Attributes(),
        OnceServed = Flip(),
        OnceOrder = Number(),
        NextServed = Number(),
    };

    private ClientAttributes Attributes() => new()
    {
        Uuid = Text(),
        UuidStage = One<ClientStage>(),
        EarlierUuid = Text(),
        UuidReturns = Int(),
        ClientIdentifiers = Many(4, Text),
        VendorClass = Text(),
        HostName = Text(),
        RelayInformation = Text(),
        Relay = Address(),
    };

    private BootRecord Boot() => new()
    {
        Number = Number(),
        Phase = One<BootPhase>(),
        Phases = Many(12, () => new PhaseEntry(One<BootPhase>(), Time())),
        Boots = Flip(),
        ToDisk = Flip(),
        Held = Flip(),
        AwaitsTurn = Flip(),
        Order = new BootOrder(One<BootOrderKind>(), Number()),
        Stage = One<ClientStage>(),
        Architecture = One<ClientArchitecture>(),
        Address = Address(),
        Server = Address(),
        Loader = Text(),
        Transport = Flip() ? One<TransferProtocol>() : null,
        Discovers = Int(),
        Exchanges = Int(),
        Retries = Int(),
        OffersUnanswered = Int(),
        ArpQuestions = Int(),
        Bytes = Number(),
        Retransmissions = Int(),
        Downloads = Many(BootMachine.DownloadsKept, Download),
        Trouble = Flip() ? Failure() : null,
        Failure = Flip() ? Failure() : null,
        SystemHeardAt = Flip() ? Time() : null,
        Conflict = Text(),
        Remark = Text(),
        TransactionId = (uint)_random.NextInt64(uint.MaxValue),
        TransactionAcknowledged = Flip(),
        LastHeard = Time(),
    };

    private Download Download() =>
        new(Number(), Text(), One<TransferProtocol>(), One<ContentRole>(), Number(), Flip() ? _random.NextInt64(long.MaxValue) : null, One<TransferStage>(), Time());

    private BootFailure Failure() => new(One<BootStep>(), One<FailureCause>(), Text());

    private ImmutableArray<T> Many<T>(int most, Func<T> one) => [.. Enumerable.Range(0, _random.Next(most + 1)).Select(_ => one())];

    private T One<T>() where T : struct, Enum => Enum.GetValues<T>()[_random.Next(Enum.GetValues<T>().Length)];

    private bool Flip() => _random.Next(2) == 0;

    private int Int() => _random.Next(5) == 0 ? _random.Next(int.MinValue, int.MaxValue) : _random.Next(100);

    private long Number() => _random.Next(5) == 0 ? _random.NextInt64(long.MinValue, long.MaxValue) : _random.Next(100);

    private Ipv4Address Address() => new((uint)_random.NextInt64(uint.MaxValue));

    private string Text() => _random.Next(3) == 0 ? "" : new string([.. Enumerable.Range(0, _random.Next(1, 40)).Select(_ => "aZ09/.-é漢"[_random.Next(9)])]);

    private DateTimeOffset Time() => new(_random.NextInt64(DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero);
}
