using Microsoft.Extensions.Logging;
using NetBootFabric.Node.Logging;

namespace NetBootFabric.Node.Tests.Logging;

public sealed class FaultLogTests : ILogger
{
    private readonly List<(string Line, Exception? Cause)> _lines = [];

    [Fact]
    public void Faults_are_told_once_each_look_with_how_many_and_the_latest()
    {
        var count = 0L;
        using var log = new FaultLog(this, TimeProvider.System, new FaultSource("DHCP", () => 0, () => null), new FaultSource("TFTP", () => count, () => new InvalidOperationException($"fault {count}")));
        log.Look();
        Assert.Empty(_lines);

        count = 3;
        log.Look();
        log.Look();
        count = 4;
        log.Look();
        Assert.Equal(["TFTP: 3 packets", "TFTP: 1 packets"], _lines.Select(line => line.Line[..15]));
        Assert.Equal(["fault 3", "fault 4"], _lines.Select(line => line.Cause!.Message));
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _lines.Add((formatter(state, exception), exception));
}
