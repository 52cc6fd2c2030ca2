using Microsoft.Extensions.Logging;
using NetBootFabric.Node.Logging;

namespace NetBootFabric.Node.Tests.Logging;

public sealed class FaultLogTests
{

    [Fact]
    public void Faults_are_told_once_each_look_with_how_many_and_the_latest()
    {
        var (count, lines) = (0L, new Lines());
        using var log = new FaultLog(lines, TimeProvider.System, new FaultSource("DHCP", () => 0, () => null), new FaultSource("TFTP", () => count, () => new InvalidOperationException($"fault {count}")));
        log.Look();
        Assert.Empty(lines.All);

        count = 3;
        log.Look();
        log.Look();
        count = 4;
        log.Look();
        Assert.Equal(["TFTP: 3 packets", "TFTP: 1 packets"], lines.All.Select(line => line.Line[..15]));
        Assert.Equal(["fault 3", "fault 4"], lines.All.Select(line => line.Cause!.Message));
    }

    private sealed class Lines : ILogger
    {
        public List<(string Line, Exception? Cause)> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => All.Add((formatter(state, exception), exception));
    }
}
