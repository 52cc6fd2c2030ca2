using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Tests.Storms;

namespace NetBootFabric.Boot.Tests.Field;

/// <summary>What is seen on the wire is told, and not more often than somebody reads it.</summary>
public sealed class WireAlarmTests
{
    private readonly ManualTime _time = new();
    private readonly WireAlarms _alarms;
    private readonly List<string> _told = [];

    public WireAlarmTests()
    {
        _alarms = new WireAlarms(_time);
        _alarms.Told += _told.Add;
    }

    [Fact]
    public void It_is_told_at_once_and_again_after_ten_minutes()
    {
        for (var minute = 0; minute <= 10; minute++)
        {
            _alarms.Raise("a", "x claims y");
            if (minute < 10) _time.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.Equal(["x claims y", "x claims y"], _told);
        Assert.Equal(["x claims y (last at 00:10:00 UTC, 11 times)"], _alarms.Standing);
    }

    [Fact]
    public void What_is_not_seen_any_more_is_over()
    {
        _alarms.Raise("a", "x claims y");
        _time.Advance(WireAlarms.Lasting);
        Assert.Empty(_alarms.Standing);
    }

    [Fact]
    public void Made_up_ones_fill_no_memory_and_write_nothing_onto_a_terminal()
    {
        for (var i = 0; i < 10_000; i++) _alarms.Raise($"{i}", "\u001b[2J" + new string('x', 10_000));
        Assert.Equal(64, _alarms.Standing.Count);
        Assert.All(_alarms.Standing, sentence => Assert.True(sentence.Length < 700 && !sentence.Any(char.IsControl)));
    }
}
