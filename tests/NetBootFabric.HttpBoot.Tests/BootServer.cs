using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Net;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Boot.Transfers;
using NetBootFabric.Content;
using NetBootFabric.Testing.Flights;
using NetBootFabric.Wire;

namespace NetBootFabric.HttpBoot.Tests;

/// <summary>A server on a loopback port of its own, over a folder of its own, with what it told.</summary>
internal sealed class BootServer : IAsyncDisposable, IBootEvents, IClientLookup, IRoomSource
{
    public const string Mac = "52:54:00:77:00:01";
    private readonly BootContentSource _content;
    private readonly HttpBootServer _server;

    private BootServer(Func<HttpBootOptions, HttpBootOptions>? change)
    {
        Root = Directory.CreateTempSubdirectory("netboot-http-").FullName;
        _content = new BootContentSource(new BootContentOptions(Root), this, this, TimeProvider.System);
        var options = new HttpBootOptions { Listen = [new IPEndPoint(IPAddress.Loopback, 0)] };
        _server = new HttpBootServer(change?.Invoke(options) ?? options, _content, this, TimeProvider.System, Flight.Recorder);
    }

    public string Root { get; }

    /// <summary>Everybody is the one client.</summary>
    public FlightLines Flight { get; } = new(MacAddress.Parse(Mac));
    public ConcurrentQueue<TransferEvent> Transfers { get; } = [];
    public ConcurrentQueue<SystemReport> Reports { get; } = [];
    public IPEndPoint Endpoint => _server.Endpoints[0];
    public HttpClient Client { get; } = new();
    public Room Current { get; } = new() { Profiles = new[] { Profile }.ToFrozenDictionary(profile => profile.Name) };

    private static Profile Profile { get; } = new() { Name = "default", Kernel = "vmlinuz", Initrds = ["initrd.img"], CommandLine = "quiet" };

    public static async Task<BootServer> StartAsync(Func<HttpBootOptions, HttpBootOptions>? change = null)
    {
        var server = new BootServer(change);
        await server._server.StartAsync(CancellationToken.None);
        server.Client.BaseAddress = new Uri($"http://{server.Endpoint}/");
        return server;
    }

    public IReadOnlyList<HttpDownload> Downloads(TimeSpan atLeast = default) => _server.Downloads(atLeast);

    public Task StopAsync() => _server.StopAsync(CancellationToken.None);

    public byte[] Write(string name, int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        File.WriteAllBytes(Path.Combine(Root, name), bytes);
        return bytes;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request);
    }

    /// <summary>Waits for what the server tells after the client has its answer.</summary>
    public async Task<TransferEvent> ToldAsync(TransferStage stage)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (Transfers.FirstOrDefault(told => told.Stage == stage) is { } found) return found;
            await Task.Delay(5, limit.Token);
        }
    }

    public void Report(TransferEvent transfer) => Transfers.Enqueue(transfer);
    public void Report(ArpObservation observation) => Assert.Fail("HTTP sees no ARP");
    public void Report(SystemReport report) => Reports.Enqueue(report);

    /// <summary>Until it ends no client is found.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public async ValueTask<BootTarget?> FindAsync(MacAddress client, CancellationToken cancellation)
    {
        await Gate.WaitAsync(cancellation);
        return client.ToString() == Mac ? Target : null;
    }

    public ValueTask<BootTarget?> FindAsync(Ipv4Address address, CancellationToken cancellation) => new((BootTarget?)null);

    private static BootTarget Target => new() { Mac = MacAddress.Parse(Mac), Name = "n001", Profile = Profile };

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.StopAsync(new CancellationToken(canceled: true));
        await _server.DisposeAsync();
        _content.Dispose();
        Directory.Delete(Root, recursive: true);
    }
}
