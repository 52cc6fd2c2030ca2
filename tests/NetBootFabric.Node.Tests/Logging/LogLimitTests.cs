using NetBootFabric.Node.Logging;
using NetBootFabric.Testing.Virtual;

namespace NetBootFabric.Node.Tests.Logging;

public sealed class LogLimitTests
{
    private readonly VirtualTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));
    private readonly KeptLog _kept = new();

    [Fact]
    public void A_flood_of_one_event_is_cut_and_what_was_left_out_is_counted_once_it_is_over()
    {
        using var logs = new LimitedLogs(_kept, _time);
        var log = logs.CreateLogger("netbootd");
        for (var i = 0; i < 10_000; i++) log.HostAdvice($"line {i}");
        log.CatalogLoaded(1, 2, 3, 4);

        Assert.Equal(LogLimit.LinesPerSecond, _kept.Lines.Count(line => line.StartsWith("line", StringComparison.Ordinal)));
        Assert.Contains(_kept.Lines, line => line.StartsWith("catalog", StringComparison.Ordinal));

        Advance(2);
        Assert.Equal($"{10_000 - LogLimit.LinesPerSecond} more lines of HostAdvice were left out within a second; pbm shows what is going on", _kept.Lines[^1]);
    }

    [Fact]
    public void The_next_second_has_its_own_lines_and_begins_with_the_count()
    {
        using var logs = new LimitedLogs(_kept, _time);
        var log = logs.CreateLogger("netbootd");
        for (var i = 0; i < LogLimit.LinesPerSecond + 3; i++) log.HostAdvice("again");
        Advance(1);
        log.HostAdvice("later");

        Assert.Contains(_kept.Lines, line => line.StartsWith("3 more lines of HostAdvice", StringComparison.Ordinal));
        Assert.Equal("later", _kept.Lines[^1]);
    }

    [Fact]
    public void Why_netbootd_cant_start_is_never_left_out()
    {
        using var logs = new LimitedLogs(_kept, _time);
        var log = logs.CreateLogger("netbootd");
        for (var i = 0; i < 10 * LogLimit.LinesPerSecond; i++) log.CantStart("no interface");
        Assert.Equal(10 * LogLimit.LinesPerSecond, _kept.Lines.Count);
    }

    private void Advance(double seconds)
    {
        var until = _time.Elapsed + TimeSpan.FromSeconds(seconds);
        while (_time.Step(until))
        {
        }
    }
}
