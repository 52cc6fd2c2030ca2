using NetBootFabric.Boot.Events;
using Xunit.Abstractions;

namespace NetBootFabric.Tftp.Tests.Admission;

/// <summary>The governor before a narrow link with a queue of 32 KiB, in virtual time.</summary>
public sealed class StormTests(ITestOutputHelper output)
{
    private const int Queue = 32 * 1024;
    private const double Megabit = 1e6 / 8;

    [Theory]
    [InlineData(10, 100, 1, 0)]
    [InlineData(100, 30, 1, 0)]
    [InlineData(100, 100, 1, 0)]
    [InlineData(100, 250, 1, 0)]
    [InlineData(100, 1000, 1, 0)]
    [InlineData(100, 1000, 1, 0.01)]
    [InlineData(100, 250, 16, 0)]
    [InlineData(100, 250, 16, 0.01)]
    [InlineData(100, 100, 64, 0)]
    [InlineData(1000, 1000, 1, 0)]
    public void A_room_gets_its_files_at_the_speed_of_the_link_and_nobody_waits_long(int megabits, int clients, int windowSize, double loss)
    {
        var link = new Bottleneck(megabits * Megabit, Queue, loss, seed: 7);
        var storm = new StormModel(link, clients, new ModelFile(Blocks: Math.Max(100, 20_000 / clients), WindowSize: windowSize));
        storm.Run(TimeSpan.FromMinutes(3));
        Tell(storm);
        AssertAllDone(storm);
        // What follows a gap in a window is sent again (RFC 7440): those that begin before the link is known to drop can't do as well.
        Assert.InRange(storm.Goodput, windowSize == 1 ? 0.85 : 0.5, 1);
        Assert.InRange(storm.LongestSilence.TotalSeconds, 0, windowSize == 1 ? 1.5 : 3);
    }

    [Fact]
    public void A_link_that_becomes_slower_and_fast_again_is_followed()
    {
        var link = new Bottleneck(100 * Megabit, Queue, loss: 0, seed: 3);
        var storm = new StormModel(link, clients: 200, new ModelFile(Blocks: 400));
        storm.After(TimeSpan.FromSeconds(2), () => link.Rate = 10 * Megabit);
        storm.After(TimeSpan.FromSeconds(6), () => link.Rate = 100 * Megabit);
        storm.Run(TimeSpan.FromMinutes(3));
        Tell(storm);
        AssertAllDone(storm);
        // 121 MB: 25 in the first 2 s, 5 in the next 4 s, the rest in 7.3 s
        Assert.InRange(storm.Now.TotalSeconds, 13, 15);
    }

    [Fact]
    public void Nobody_is_locked_out_when_a_fast_link_becomes_slow_at_once()
    {
        var link = new Bottleneck(10_000 * Megabit, 64 << 20, loss: 0, seed: 3);
        var storm = new StormModel(link, clients: 100, new ModelFile(Blocks: 2000));
        storm.After(TimeSpan.FromSeconds(0.1), () => (link.Rate, link.QueueOctets) = (100 * Megabit, Queue));
        storm.Run(TimeSpan.FromMinutes(3));
        Tell(storm);
        AssertAllDone(storm);
        Assert.InRange(storm.LongestSilence.TotalSeconds, 0, 4);
    }

    [Fact]
    public void A_link_that_loses_some_packets_without_being_full_is_not_taken_for_full()
    {
        var link = new Bottleneck(1000 * Megabit, 64 << 20, loss: 0.03, seed: 3);
        var storm = new StormModel(link, clients: 500, new ModelFile(Blocks: 500));
        storm.Run(TimeSpan.FromMinutes(3));
        Tell(storm);
        AssertAllDone(storm);
        // 3 s at the link's speed, and 15 losses of each client that its own timer makes good
        Assert.InRange(storm.Now.TotalSeconds, 3, 9);
    }

    [Fact]
    public void Racks_get_equal_shares_however_many_clients_they_have()
    {
        var storm = new StormModel(new Bottleneck(100 * Megabit, Queue, loss: 0, seed: 3), clients: 200, new ModelFile(Blocks: 200), rackOf: client => client < 40 ? 1 : 2);
        storm.Run(TimeSpan.FromSeconds(1));
        var (small, large) = (storm.Clients[..40].Sum(client => client.Octets), storm.Clients[40..].Sum(client => client.Octets));
        output.WriteLine($"{small} {large}");
        Assert.InRange((double)small / large, 0.8, 1.25);
    }

    [Fact]
    public void Clients_beyond_what_the_link_can_serve_in_time_wait_unanswered_and_all_get_their_files()
    {
        var storm = new StormModel(new Bottleneck(10 * Megabit, Queue, loss: 0, seed: 3), clients: 3000, new ModelFile(Blocks: 5));
        var most = 0;
        storm.After(TimeSpan.FromSeconds(1), () => most = storm.Governor.Held);
        storm.Run(TimeSpan.FromMinutes(3));
        Tell(storm);
        AssertAllDone(storm);
        Assert.InRange(most, 1000, 2900);
        Assert.Equal(0, storm.Governor.Held);
        Assert.InRange(storm.LongestSilence.TotalSeconds, 0, 4);
        Assert.InRange(storm.Goodput, 0.9, 1);
    }

    private void Tell(StormModel storm) => output.WriteLine(
        $"{storm.Done} of {storm.Clients.Length} in {storm.Now.TotalSeconds:F2} s, goodput {storm.Goodput:P1}, carried {storm.Link.Carried / storm.Link.Rate / storm.Now.TotalSeconds:P1}, half done {storm.Clients.Select(c => c.DoneAt).Order().ElementAt(storm.Clients.Length / 2).TotalSeconds:F2} s, 95 % {storm.Clients.Select(c => c.DoneAt).Order().ElementAt(storm.Clients.Length * 95 / 100).TotalSeconds:F2} s, dropped {storm.Link.Dropped}, silence {storm.LongestSilence.TotalMilliseconds:F0} ms, window {storm.Governor.Window / 1514}");

    private static void AssertAllDone(StormModel storm)
    {
        Assert.Equal(storm.Clients.Length, storm.Done);
        Assert.All(storm.Clients, static client => Assert.Equal(TransferFailure.None, client.Failure));
    }
}
