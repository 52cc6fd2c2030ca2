using NetBootFabric.Storm.Tcp;

namespace NetBootFabric.Storm.Tests.Tcp;

public sealed class ReceiveRangesTests
{
    private readonly ReceiveRanges _ranges = new();

    [Fact]
    public void Neighbours_are_joined()
    {
        Add(100, 200);
        Add(200, 300);
        Add(50, 100);
        Assert.Equal([new SequenceRange(50, 300)], _ranges.All.ToArray());
        Assert.Equal(250, _ranges.Take(50));
        Assert.Equal(0, _ranges.Count);
    }

    [Fact]
    public void What_overlaps_must_come_again()
    {
        Add(100, 200);
        Assert.False(_ranges.Fits(new SequenceRange(150, 250)));
        Assert.False(_ranges.Fits(new SequenceRange(100, 200)));
    }

    [Fact]
    public void Sequence_numbers_roll_over()
    {
        Add(uint.MaxValue - 9, 10);
        Assert.Equal(uint.MaxValue - 9, _ranges.FirstAfter(uint.MaxValue - 100));
        Assert.Equal(20, _ranges.Take(uint.MaxValue - 9));
    }

    [Fact]
    public void A_fourth_gap_finds_no_room()
    {
        Add(10, 20);
        Add(30, 40);
        Add(50, 60);
        Assert.False(_ranges.Fits(new SequenceRange(70, 80)));
    }

    private void Add(uint start, uint end)
    {
        Assert.True(_ranges.Fits(new SequenceRange(start, end)));
        _ranges.Add(new SequenceRange(start, end));
    }
}
