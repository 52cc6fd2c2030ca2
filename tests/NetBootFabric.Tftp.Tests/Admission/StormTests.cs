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
        // What follows a gap in a window is sent again (RFC 7440), so windows can't do as well on a link that drops.
        Assert.InRange(storm.Goodput, windowSize == 1 ? 0.90 : 0.5, 1);
        Assert.InRange(storm.LongestSilence.TotalSeconds, 0, 1.5);
    }

    private void Tell(StormModel storm) => output.WriteLine(
        $"{storm.Done} of {storm.Clients.Length} in {storm.Now.TotalSeconds:F2} s, goodput {storm.Goodput:P1}, carried {storm.Link.Carried / storm.Link.Rate / storm.Now.TotalSeconds:P1}, half done {storm.Clients.Select(c => c.DoneAt).Order().ElementAt(storm.Clients.Length / 2).TotalSeconds:F2} s, 95 % {storm.Clients.Select(c => c.DoneAt).Order().ElementAt(storm.Clients.Length * 95 / 100).TotalSeconds:F2} s, dropped {storm.Link.Dropped}, silence {storm.LongestSilence.TotalMilliseconds:F0} ms, window {storm.Governor.Window / 1514}");

    private static void AssertAllDone(StormModel storm)
    {
        Assert.Equal(storm.Clients.Length, storm.Done);
        Assert.All(storm.Clients, static client => Assert.Equal(TransferFailure.None, client.Failure));
    }
}
