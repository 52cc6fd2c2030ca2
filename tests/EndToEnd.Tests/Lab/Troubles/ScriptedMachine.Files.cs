using System.Net;
using System.Net.Sockets;
using System.Text;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.EndToEnd.Tests.Lab.Troubles;

internal sealed partial class ScriptedMachine
{
    private const int SocketLevel = 1; // SOL_SOCKET
    private const int BindToDevice = 25; // SO_BINDTODEVICE
    private const int BlockSize = 512;

    /// <summary>Loads a whole file, or its refusal, by HTTP.</summary>
    /// <returns>The status.</returns>
    public async Task<int> HttpAsync(string path, string method = "GET")
    {
        using var stream = await AskAsync(path, method);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var status = await reader.ReadLineAsync();
        var buffer = new char[64 * 1024];
        while (await reader.ReadAsync(buffer) > 0) { }
        return int.Parse(status!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Reads that many octets of a file, then resets the connection.</summary>
    public async Task CutHttpAsync(string path, int octets)
    {
        using var stream = await AskAsync(path, "GET");
        await stream.ReadExactlyAsync(new byte[octets]);
        stream.Socket.LingerState = new LingerOption(true, 0);
    }

    /// <summary>Reads a file a little at a time.</summary>
    public async Task CrawlHttpAsync(string path, int octetsASecond, CancellationToken cancellation)
    {
        using var stream = await AskAsync(path, "GET", receiveBuffer: 4096);
        var buffer = new byte[octetsASecond / 10];
        while (await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation) > 0) await Task.Delay(100, cancellation);
    }

    /// <summary>Begins to load a file, and leaves the connection as a machine does that is reset: without a word.</summary>
    public async Task BeginHttpAsync(string path)
    {
        var stream = await AskAsync(path, "GET", receiveBuffer: 4096);
        _left.Add(stream);
        await stream.ReadExactlyAsync(new byte[BlockSize]);
    }

    private readonly List<NetworkStream> _left = [];

    /// <summary>Loads a file by TFTP.</summary>
    /// <param name="blocks">So many, then it falls silent.</param>
    /// <param name="error">What it says instead of acknowledging the last of them.</param>
    /// <param name="between">Done before each acknowledgement.</param>
    public async Task TftpAsync(string path, int blocks = int.MaxValue, string? error = null, Action<int>? between = null)
    {
        using var socket = Open(SocketType.Dgram, ProtocolType.Udp);
        var buffer = new byte[BlockSize + TftpPacket.DataHeader];
        var length = Request(buffer, path);
        EndPoint server = new IPEndPoint(Server.ToIPAddress(), TftpPacket.ServerPort);
        await socket.SendToAsync(buffer.AsMemory(0, length), server);
        for (var block = 1; block <= blocks; block++)
        {
            using var limit = new CancellationTokenSource(AnswerLimit);
            var received = await socket.ReceiveFromAsync(buffer, SocketFlags.None, server, limit.Token);
            server = received.RemoteEndPoint;
            var isLast = received.ReceivedBytes < buffer.Length; // or it is an ERROR
            between?.Invoke(block);
            var answer = new byte[BlockSize];
            if (block == blocks && error is null) return;
            await socket.SendToAsync(answer.AsMemory(0, Reply(answer, (ushort)block, block == blocks ? error : null)), server);
            if (isLast) return;
        }
    }

    private static int Request(byte[] buffer, string path)
    {
        var request = TftpWriter.ReadRequest(buffer, Encoding.ASCII.GetBytes(path));
        Assert.True(request.TryFinish(out var length));
        return length;
    }

    private static int Reply(byte[] buffer, ushort block, string? error)
    {
        int length;
        Assert.True(error is null ? TftpWriter.TryWriteAck(buffer, block, out length) : TftpWriter.TryWriteError(buffer, TftpErrorCode.DiskFull, Encoding.ASCII.GetBytes(error), out length));
        return length;
    }

    private async Task<NetworkStream> AskAsync(string path, string method, int receiveBuffer = 0)
    {
        var socket = Open(SocketType.Stream, ProtocolType.Tcp);
        if (receiveBuffer > 0) socket.ReceiveBufferSize = receiveBuffer;
        await socket.ConnectAsync(Server.ToIPAddress(), 80);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"{method} /{path} HTTP/1.1\r\nHost: {Server}\r\nConnection: close\r\n{(method == "POST" ? "Content-Length: 0\r\n" : "")}\r\n"));
        return new NetworkStream(socket, ownsSocket: true);
    }

    private Socket Open(SocketType type, ProtocolType protocol)
    {
        var socket = _host.Run(() => new Socket(AddressFamily.InterNetwork, type, protocol));
        socket.SetRawSocketOption(SocketLevel, BindToDevice, Encoding.ASCII.GetBytes($"{_card}\0"));
        socket.Bind(new IPEndPoint(Address.ToIPAddress(), 0));
        return socket;
    }
}
