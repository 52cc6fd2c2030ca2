using NetBootFabric.Boot.Heads;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Tests.Heads;

public sealed class HeadBoardTests
{
    private static readonly Ipv4Network Network = Ipv4Network.Parse("10.77.0.0/16");
    private static readonly Ipv4Address First = Ipv4Address.Parse("10.77.0.11");
    private static readonly Ipv4Address Second = Ipv4Address.Parse("10.77.0.12");

    private readonly Clock _clock = new();
    private readonly HeadBoard _board;

    public HeadBoardTests()
    {
        _board = new HeadBoard(_clock);
        _board.SetLive(["head1", "head2"]);
    }

    [Fact]
    public void A_head_node_that_says_nothing_any_more_gets_no_clients_while_there_is_another()
    {
        _board.Hear(Facts("head1", First, transfers: 100));
        _board.Hear(Facts("head2", Second, transfers: 0));
        Assert.Equal(Second, Choose());
        _clock.Seconds = 3;
        _board.Hear(Facts("head1", First, transfers: 100));
        Assert.Equal(First, Choose());
    }

    [Fact]
    public void When_all_are_silent_the_least_loaded_is_taken_as_before()
    {
        _board.Hear(Facts("head1", First, transfers: 100));
        _board.Hear(Facts("head2", Second, transfers: 0));
        _clock.Seconds = 3;
        Assert.Equal(Second, Choose());
    }

    private Ipv4Address Choose() => BootServerChoice.Choose(_board.Live, Network, default);

    private static HeadFacts Facts(string name, Ipv4Address address, int transfers) => new() { Name = name, Home = [address], Held = [address], Weight = 100, Transfers = transfers };

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
