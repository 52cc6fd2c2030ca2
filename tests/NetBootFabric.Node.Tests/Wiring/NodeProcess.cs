using System.Diagnostics;
using System.Net.Sockets;
using System.Threading.Channels;
using NetBootFabric.Testing;

namespace NetBootFabric.Node.Tests.Wiring;

/// <summary>netbootd itself, in a network namespace of its own, with one interface that nobody is on.</summary>
internal sealed class NodeProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly NetworkNamespace _network = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netboot-node");
    private readonly Socket _manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Channel<string> _notices = Channel.CreateUnbounded<string>();
    private Process? _process;

    public NodeProcess()
    {
        _network.AddPair("eth1", "peer", "02:77:00:00:00:01", "02:77:00:00:00:02");
        _network.Here("address add 10.77.0.1/16 dev eth1");
        _manager.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder.FullName, "notify")));
        _ = HearAsync();
    }

    public string Folder => _folder.FullName;

    /// <summary>Everything it logged, once it ended.</summary>
    public List<string> Log { get; } = [];

    public void Start(string more = "")
    {
        var file = Path.Combine(Folder, "netbootd.yaml");
        File.WriteAllText(file, $$"""
            node: head1
            store: sqlite:{{Folder}}/fabric.db
            interfaces: [eth1]
            files: {{Folder}}
            admin: { token_folder: {{Folder}} }
            subnets: [{ network: 10.77.0.0/16, range: 10.77.1.0-10.77.9.254 }]
            profiles: { default: { kernel: vmlinuz } }
            {{more}}
            """);
        var start = new ProcessStartInfo("ip", ["netns", "exec", _network.Name, Path.Combine(AppContext.BaseDirectory, "netbootd"), "run", file]) { RedirectStandardOutput = true };
        start.Environment["NOTIFY_SOCKET"] = Path.Combine(Folder, "notify");
        start.Environment["WATCHDOG_USEC"] = "300000";
        _process = Process.Start(start)!;
        _ = ReadAsync(_process.StandardOutput);
    }

    /// <summary>Waits until it logs a line with that in it.</summary>
    public async Task<string> AwaitLineAsync(string part)
    {
        using var patience = new CancellationTokenSource(Patience);
        await foreach (var line in _lines.Reader.ReadAllAsync(patience.Token))
            if (line.Contains(part, StringComparison.Ordinal)) return line;
        throw new InvalidOperationException($"it ended without '{part}':\n{string.Join('\n', Log)}");
    }

    /// <summary>What it tells systemd next.</summary>
    public async Task<string> AwaitNoticeAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _notices.Reader.ReadAsync(patience.Token);
    }

    /// <summary>Ports of TCP that are listened to, in the namespace.</summary>
    public IReadOnlyList<int> ListeningPorts() => _network.Run(() =>
        File.ReadLines("/proc/thread-self/net/tcp").Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words[3] == "0A")
            .Select(words => Convert.ToInt32(words[1].Split(':')[1], 16)).Distinct().Order().ToList());

    /// <summary>Calls of the admin API, without a token.</summary>
    public HttpClient Stranger() => new(new SocketsHttpHandler { ConnectCallback = (context, _) => ValueTask.FromResult<Stream>(Connect(context.DnsEndPoint.Port)) }) { BaseAddress = new Uri("http://127.0.0.1:9110/") };

    public string Token => File.ReadAllText(Directory.GetFiles(Folder, "*9110*").Single()).Trim();

    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, _process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task<int> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process!.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Takes a port of TCP before it does.</summary>
    public Socket Take(int port) => _network.Run(() =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Any, port));
        socket.Listen();
        return socket;
    });

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }
        _process?.Dispose();
        _manager.Dispose();
        _network.Dispose();
        _folder.Delete(recursive: true);
    }

    private NetworkStream Connect(int port) => _network.Run(() =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(System.Net.IPAddress.Loopback, port);
        return new NetworkStream(socket, ownsSocket: true);
    });

    /// <summary>Until the socket is closed.</summary>
    private async Task HearAsync()
    {
        var buffer = new byte[1024];
        while (true) _notices.Writer.TryWrite(System.Text.Encoding.UTF8.GetString(buffer, 0, await _manager.ReceiveAsync(buffer)));
    }

    private async Task ReadAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            lock (Log) Log.Add(line);
            _lines.Writer.TryWrite(line);
        }
        _lines.Writer.Complete();
    }
}
