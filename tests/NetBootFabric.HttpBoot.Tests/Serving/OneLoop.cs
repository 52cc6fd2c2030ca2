using System.Net;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Boot.Storms;
using NetBootFabric.Content;
using NetBootFabric.HttpBoot.Admission;
using NetBootFabric.HttpBoot.Connections;
using NetBootFabric.HttpBoot.Serving;
using NetBootFabric.HttpBoot.Transfers;
using NetBootFabric.Sockets;
using NetBootFabric.Testing;

namespace NetBootFabric.HttpBoot.Tests.Serving;

/// <summary>One thread of a server; its clock and who else is at its gate are the test's.</summary>
internal sealed class OneLoop : TimeProvider, IAsyncDisposable
{
    /// <summary>As many as the gate ever lets in.</summary>
    private const int Crowd = BodyGate.Ceiling;

    private readonly string _root = Directory.CreateTempSubdirectory("netboot-http-").FullName;
    private readonly BootContentSource _content;
    private readonly StreamListener _listener = StreamListener.Listen(new IPEndPoint(IPAddress.Loopback, 0), 16);
    private readonly Door _door = new();
    private readonly HttpLoop _loop;
    private readonly SharedGate _gate;
    private readonly List<Other> _others = [];
    private bool _isStarted;
    private long _passed;

    public OneLoop()
    {
        var (options, nobody) = (new HttpBootOptions(), new EmptyRoom());
        _content = new BootContentSource(new BootContentOptions(_root), nobody, nobody, this);
        _gate = new SharedGate(OneRack.Instance, this);
        var services = new HttpServices(options, _content, new SystemReports(nobody, this), new TransferJournal(nobody, this), NoFlightRecorder.Instance,
            new ConnectionQuota(options.MaximumConnections, options.MaximumConnectionsPerClient), _gate, new UplinkMeter(this), this);
        _loop = new HttpLoop(services, _door);
        (_door.Listeners, _door.Loops) = ([_listener], [_loop]);
    }

    public IPEndPoint Endpoint => _listener.Endpoint;
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    public override long GetTimestamp() => TimeSpan.TicksPerDay + Volatile.Read(ref _passed);

    /// <summary>Who has connected before is accepted only now.</summary>
    public void Start()
    {
        _isStarted = true;
        _loop.Start(0);
    }

    public void Pass(TimeSpan time) => Interlocked.Add(ref _passed, time.Ticks);

    public void Write(string name, int length) => File.WriteAllBytes(Path.Combine(_root, name), new byte[length]);

    /// <summary>Others come, and nobody who comes later is let in.</summary>
    public void Crowded()
    {
        _others.AddRange(Enumerable.Range(0, Crowd).Select(_ => new Other()));
        _others.ForEach(_gate.Enter);
    }

    public void Deserted()
    {
        _others.ForEach(_gate.Leave);
        _others.Clear();
    }

    public async Task AcceptedAsync(int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (_loop.Count < count) await Task.Delay(5, limit.Token);
    }

    /// <summary>So many of the connections wait at the gate, too.</summary>
    public async Task HeldAsync(int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (_gate.Held - _others.Count(other => other.IsHeld) != count) await Task.Delay(5, limit.Token);
    }

    /// <summary>None of the connections does any more, however long that takes by the test's clock.</summary>
    public async Task NoneHeldAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (_gate.Held > _others.Count(other => other.IsHeld))
        {
            Pass(TimeSpan.FromSeconds(1));
            await Task.Delay(5, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isStarted) Start();
        _loop.Abort();
        await _loop.Ended;
        _loop.Dispose();
        _door.Dispose();
        _content.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private sealed class Other() : BodyTicket(rack: 0)
    {
        public override void Admitted()
        {
        }
    }
}
