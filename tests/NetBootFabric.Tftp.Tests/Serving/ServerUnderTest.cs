using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Boot.Transfers;
using NetBootFabric.Wire;

namespace NetBootFabric.Tftp.Tests.Serving;

/// <summary>A real server on loopback, at a port of the kernel's choice.</summary>
internal sealed class ServerUnderTest : IDisposable
{
    private readonly TftpServer _server;

    public ServerUnderTest(TftpServerOptions? options = null, ITransferLedger? ledger = null, MemoryContent? content = null,
        IFlightRecorder? recorder = null, WireAlarms? alarms = null)
    {
        Content = content ?? new MemoryContent();
        options = (options ?? new TftpServerOptions { Workers = 2, MaxTransfersPerClient = 10_000 }) with { Listen = [new TftpListen(Ipv4Address.Any, Port: 0)] };
        _server = TftpServer.Start(options, Content, Events, TimeProvider.System, ledger, recorder: recorder, alarms: alarms);
    }

    public ServerUnderTest(IBootContent files)
    {
        Content = new MemoryContent();
        _server = TftpServer.Start(new TftpServerOptions { Workers = 2, Listen = [new TftpListen(Ipv4Address.Any, Port: 0)] }, files, Events, TimeProvider.System);
    }

    /// <summary>What it serves unless it was made with other files.</summary>
    public MemoryContent Content { get; }
    public RecordedEvents Events { get; } = new();
    public TftpMetrics Metrics => _server.Metrics;
    public ushort Port => _server.Ports[0];

    public IReadOnlyList<ushort> TransferPorts => _server.TransferPorts;

    public void Abandon(string address) => _server.Abandon(Ipv4Address.Parse(address));

    public LoopbackClient Client(string address = "127.0.0.1") => new(address, Port);

    public Task StopAsync(TimeSpan drain) => _server.StopAsync(drain);

    public void Dispose() => _server.Dispose();
}
