using NetBootFabric.Cluster.Ledger;

namespace NetBootFabric.Cluster.Tests.Ledger;

public sealed class RecordPagesTests
{
    [Fact]
    public void Records_that_come_change_and_go_are_there_as_they_were_put_and_gaps_are_bounded()
    {
        var random = new Random(1);
        var places = new Dictionary<ulong, RecordPages.Place>();
        var expected = new Dictionary<ulong, byte[]>();
        var pages = new RecordPages((key, place) => places[key] = place);
        for (var step = 0; step < 50_000; step++)
        {
            var key = (ulong)random.Next(2000);
            if (places.Remove(key, out var old)) pages.Remove(old);
            expected.Remove(key);
            if (random.Next(4) == 0) continue;
            var record = new byte[random.Next(50) == 0 ? random.Next(200_000) : random.Next(1000)];
            random.NextBytes(record);
            (places[key], expected[key]) = (pages.Add(key, record), record);
        }

        Assert.All(expected, each => Assert.Equal(each.Value, pages.Read(places[each.Key]).ToArray()));
        Assert.InRange(pages.Octets, pages.Live, 2 * pages.Live + 256 * 1024);
    }

    [Fact]
    public void Without_records_there_are_no_pages()
    {
        var places = new Dictionary<ulong, RecordPages.Place>();
        var pages = new RecordPages((key, place) => places[key] = place);
        for (ulong key = 0; key < 1000; key++) places[key] = pages.Add(key, new byte[300]);
        for (ulong key = 0; key < 1000; key++)
            if (places.Remove(key, out var place)) pages.Remove(place);

        Assert.Equal((0, 0), (pages.Octets, pages.Live));
    }
}
