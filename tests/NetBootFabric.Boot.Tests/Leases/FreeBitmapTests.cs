using NetBootFabric.Boot.Leases;

namespace NetBootFabric.Boot.Tests.Leases;

public sealed class FreeBitmapTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(64_000)]
    public void A_new_bitmap_holds_every_bit_and_no_more(int size)
    {
        var bitmap = new FreeBitmap(size);
        Assert.Equal(Enumerable.Range(0, size), Members(bitmap));
        Assert.Equal(size - 1, bitmap.FirstFrom(size - 1));
        bitmap.Remove(size - 1);
        Assert.Equal(size == 1 ? -1 : 0, bitmap.FirstFrom(size - 1));
    }

    [Fact]
    public void An_empty_bitmap_finds_nothing() => Assert.Equal(-1, new FreeBitmap(0).FirstFrom(0));

    [Fact]
    public void Random_changes_agree_with_a_sorted_set()
    {
        var random = new Random(1);
        const int size = 9000;
        var bitmap = new FreeBitmap(size);
        var model = new SortedSet<int>(Enumerable.Range(0, size));
        for (var step = 0; step < 50_000; step++)
        {
            var bit = random.Next(size);
            if (random.Next(20) == 0)
            {
                bitmap.Add(bit);
                model.Add(bit);
            }
            else
            {
                bitmap.Remove(bit);
                model.Remove(bit);
            }
            var start = random.Next(size);
            var after = model.GetViewBetween(start, size);
            var expected = after.Count > 0 ? after.Min : model.Count > 0 ? model.Min : -1;
            Assert.Equal(expected, bitmap.FirstFrom(start));
            Assert.Equal(model.Contains(bit), bitmap.Contains(bit));
        }
    }

    private static IEnumerable<int> Members(FreeBitmap bitmap)
    {
        for (var bit = bitmap.Next(0); bit >= 0; bit = bitmap.Next(bit + 1)) yield return bit;
    }
}
