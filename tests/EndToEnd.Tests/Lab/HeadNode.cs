using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Serialization.Metadata;
using NetBootFabric.AdminApi;
using NetBootFabric.Testing;

namespace NetBootFabric.EndToEnd.Tests.Lab;

/// <summary>dist/netbootd in a namespace, with its configuration and database in a folder. Survives being killed: it is started again on the same database.</summary>
internal sealed class HeadNode : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);

    private readonly NetworkNamespace _namespace;
    private readonly string _configuration;
    private readonly string _log;
    private readonly HttpClient _admin;
    private RunningProgram? _netbootd;

    public HeadNode(NetworkNamespace where, string folder, string configuration)
    {
        _namespace = where;
        _configuration = Path.Combine(folder, "netbootd.yaml");
        _log = Path.Combine(folder, "netbootd.log");
        File.WriteAllText(_configuration, configuration);
        _admin = new HttpClient(new LocalTokenHandler(where, new SocketsHttpHandler { ConnectCallback = ConnectAsync, PooledConnectionLifetime = TimeSpan.Zero }))
        {
            BaseAddress = new Uri($"http://127.0.0.1:{AdminRoutes.DefaultPort}"),
            Timeout = TimeSpan.FromSeconds(10),
        };
    }

    public string Evidence => TextFile.Tail(_log);

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="withoutCapabilities">Of root's, as setpriv names them.</param>
    public async Task StartAsync(string? withoutCapabilities = null)
    {
        Launch(withoutCapabilities);
        await ReadyAsync();
    }

    public void Launch(string? withoutCapabilities = null) => _netbootd = withoutCapabilities is null
        ? new RunningProgram(_namespace, _log, Repository.Program("netbootd"), "run", _configuration)
        : new RunningProgram(_namespace, _log, "setpriv", $"--inh-caps={withoutCapabilities}", $"--bounding-set={withoutCapabilities}", Repository.Program("netbootd"), "run", _configuration);

    public Task<T?> GetAsync<T>(string path, JsonTypeInfo<T> type) => _admin.GetFromJsonAsync(new Uri(path, UriKind.Relative), type);

    public Task ReadyAsync() => Until.FoundAsync(TryStatusAsync, StartLimit, () => $"netbootd does not answer\n{Evidence}");

    public void Kill()
    {
        _netbootd?.Dispose();
        _netbootd = null;
    }

    public void Signal(int number) => _netbootd!.Signal(number);

    /// <summary>SIGTERM, and the exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        _netbootd!.Terminate();
        await _netbootd.ExitAsync(limit.Token);
        var code = _netbootd.ExitCode;
        Kill();
        return code;
    }

    /// <summary>What the fabric knows of a client; null when it has never heard of it.</summary>
    public async Task<ClientDetail?> ClientAsync(string mac)
    {
        using var answer = await _admin.GetAsync(new Uri(AdminRoutes.Client + Uri.EscapeDataString(mac), UriKind.Relative));
        return answer.StatusCode == HttpStatusCode.NotFound ? null : await answer.Content.ReadFromJsonAsync(AdminJson.Default.ClientDetail);
    }

    /// <summary>The fabric's head nodes, as this one sees them; null while it does not answer.</summary>
    public async Task<ClusterView?> TryClusterAsync()
    {
        try
        {
            return await _admin.GetFromJsonAsync(AdminRoutes.Cluster, AdminJson.Default.ClusterView);
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>The client, once its boot is in <paramref name="phase"/>.</summary>
    public Task<ClientDetail> ClientInAsync(string mac, string phase) => Until.FoundAsync(
        async () => await ClientAsync(mac) is { } client && client.Current?.Phase == phase ? client : null,
        StartLimit, () => $"{mac} is not {phase}\n{Evidence}");

    /// <summary>Runs dist/pbm against this head node.</summary>
    public Task<string> PbmAsync(params string[] arguments) =>
        Tool.RunAsync("ip", ["netns", "exec", _namespace.Name, Repository.Program("pbm"), .. arguments]);

    public void Dispose()
    {
        _admin.Dispose();
        _netbootd?.Dispose();
    }

    private async Task<StatusView?> TryStatusAsync()
    {
        if (_netbootd is { HasExited: true }) Assert.Fail($"netbootd ended\n{Evidence}");
        try
        {
            return await _admin.GetFromJsonAsync(AdminRoutes.Status, AdminJson.Default.StatusView);
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>A socket belongs to the namespace it was made in, whoever uses it.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = _namespace.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
