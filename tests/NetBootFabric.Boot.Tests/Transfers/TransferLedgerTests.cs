using NetBootFabric.Boot.Tests.Storms;
using NetBootFabric.Boot.Transfers;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Tests.Transfers;

public sealed class TransferLedgerTests
{
    private static readonly TransferKey Key = KeyOf(40_000);

    private readonly ManualTime _clock = new();
    private readonly TransferLedger _here, _there;
    private readonly List<TransferChange> _told = [];

    public TransferLedgerTests()
    {
        (_here, _there) = (new TransferLedger("here", _clock), new TransferLedger("there", _clock));
        _here.Changed += _told.Add;
        _here.Changed += _there.Apply;
    }

    [Fact]
    public void A_peer_knows_what_was_told()
    {
        _here.Opened(Transfer(Key));
        _here.Moved(Key, 700);
        Assert.Equal(Transfer(Key) with { Node = "here", Block = 700 }, _there.Find(Key));
        _here.Closed(Key);
        Assert.Null(_there.Find(Key));
        Assert.Equal([typeof(TransferOpened), typeof(TransferMoved), typeof(TransferClosed)], _told.Select(change => change.GetType()));
    }

    [Fact]
    public void What_a_peer_told_is_not_told_again()
    {
        _here.Apply(new TransferOpened(Transfer(Key) with { Node = "there" }));
        _here.Apply(new TransferMoved(Key, "there", 5));
        _here.Apply(new TransferClosed(Key, "there"));
        Assert.Empty(_told);
    }

    [Fact]
    public void Who_lost_a_transfer_changes_it_no_more()
    {
        _here.Opened(Transfer(Key));
        var taken = Transfer(Key) with { Node = "there", Block = 900 };
        _here.Apply(new TransferOpened(taken));
        _told.Clear();
        Assert.True(_here.IsElsewhere(Key));
        _here.Moved(Key, 1000);
        _here.Closed(Key);
        Assert.Empty(_told);
        Assert.Equal(taken, _here.Find(Key));
        _here.Apply(new TransferMoved(Key, "somebody", 1000));
        _here.Apply(new TransferClosed(Key, "somebody"));
        Assert.Equal(taken, _here.Find(Key));
    }

    [Fact]
    public void A_message_that_was_overtaken_moves_nothing_back()
    {
        _here.Apply(new TransferOpened(Transfer(Key) with { Node = "there" }));
        _here.Apply(new TransferMoved(Key, "there", 70_000));
        _here.Apply(new TransferMoved(Key, "there", 60_000));
        Assert.Equal(70_000, _here.Find(Key)!.Block);
    }

    [Fact]
    public void What_nobody_moves_vanishes()
    {
        _here.Opened(Transfer(Key));
        _here.Opened(Transfer(KeyOf(2)));
        _clock.Advance(TransferLedger.Lifetime - TimeSpan.FromSeconds(1));
        _here.Moved(Key, 1);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(_here.Find(Key));
        Assert.Null(_here.Find(KeyOf(2)));
        Assert.Equal(Key, Assert.Single(_here.All).Key);
        _here.Opened(Transfer(KeyOf(3)));
        Assert.Equal(2, _here.Count);
    }

    [Fact]
    public void A_full_ledger_keeps_what_it_has()
    {
        var ledger = new TransferLedger("here", _clock, capacity: 2);
        for (ushort port = 1; port <= 5; port++) ledger.Opened(Transfer(KeyOf(port)));
        ledger.Opened(Transfer(KeyOf(1)) with { Block = 9 });
        Assert.Equal(2, ledger.Count);
        Assert.Equal(9, ledger.Find(KeyOf(1))!.Block);
        Assert.Null(ledger.Find(KeyOf(3)));
    }

    [Fact]
    public void The_same_port_at_another_address_is_another_transfer()
    {
        _here.Opened(Transfer(Key));
        Assert.Null(_here.Find(Key with { Server = Ipv4Address.Parse("10.0.0.3") }));
        Assert.Null(_here.Find(Key with { ServerPort = 6901 }));
    }

    private static TransferKey KeyOf(ushort port) => new(Ipv4Address.Parse("10.0.0.9"), port, Ipv4Address.Parse("10.0.0.2"), 6900);

    private static OpenTransfer Transfer(TransferKey key) => new() { Key = key, Path = "kernel", Length = 5_000_000, ETag = "1", Sample = 7, BlockSize = 1408, WindowSize = 16 };
}
