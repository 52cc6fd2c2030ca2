using NetBootFabric.Tftp.Admission;

namespace NetBootFabric.Tftp.Tests.Admission;

public sealed class PassageQueueTests
{
    private readonly PassageQueue _queue = new(patience: TimeSpan.FromSeconds(1));

    [Fact]
    public void Racks_take_turns_and_the_oldest_of_each_comes_first()
    {
        Add(1, 1, 1, 2, 2, 3);
        Assert.Equal([0, 3, 5, 1, 4, 2], TakeAll(0.5));
    }

    [Fact]
    public void Who_has_waited_too_long_comes_before_all_turns()
    {
        Add(1, 1, 1, 2, 2, 3);
        Assert.Equal([0, 1, 2, 3, 4, 5], TakeAll(1.5));
    }

    [Fact]
    public void What_was_lost_is_repeated_first()
    {
        Add(1, 2);
        _queue.Add(new Waiting(7), urgent: true, TimeSpan.Zero);
        Assert.Equal([7, 0, 1], TakeAll(0.5));
    }

    [Fact]
    public void Who_went_away_has_no_turn()
    {
        var waiting = Add(1, 2, 2, 1);
        _queue.Remove(waiting[0]);
        _queue.Remove(waiting[0]);
        _queue.Remove(waiting[1]);
        _queue.Remove(waiting[2]);
        Assert.Equal([3], TakeAll(0.5));
        Add(2);
        Assert.Equal([0], TakeAll(0.5));
    }

    private Waiting[] Add(params int[] racks)
    {
        var waiting = racks.Select((rack, i) => new Waiting(i) { Rack = rack }).ToArray();
        foreach (var passage in waiting) _queue.Add(passage, urgent: false, TimeSpan.Zero);
        return waiting;
    }

    private List<int> TakeAll(double now)
    {
        var taken = new List<int>();
        while (_queue.Take(TimeSpan.FromSeconds(now)) is Waiting next) taken.Add(next.Number);
        Assert.Equal(0, _queue.Count);
        return taken;
    }

    private sealed class Waiting(int number) : Passage(lane: 0, blockOctets: 1, window: 1)
    {
        public int Number => number;
    }
}
