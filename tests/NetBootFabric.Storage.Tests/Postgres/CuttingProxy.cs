using System.Net;
using System.Net.Sockets;

namespace NetBootFabric.Storage.Tests.Postgres;

/// <summary>Stands between a client and a server's socket; loses the server's answers on demand, as a cut network does.</summary>
internal sealed class CuttingProxy : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly string _server;
    private volatile bool _cutsAtAnswer;
    private volatile bool _isSilent;

    public CuttingProxy(string server)
    {
        _server = server;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>How many answers were lost.</summary>
    public int Cuts { get; private set; }

    /// <summary>The server's next answer is not passed on: the connection ends instead.</summary>
    public void CutAtNextAnswer() => _cutsAtAnswer = true;

    /// <summary>From now on nothing comes back, and nothing ends.</summary>
    public bool IsSilent { set => _isSilent = value; }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptAsync();
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
            {
                return;
            }
            var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await server.ConnectAsync(new UnixDomainSocketEndPoint(_server));
            _ = PassAsync(client, server, isAnswer: false);
            _ = PassAsync(server, client, isAnswer: true);
        }
    }

    private async Task PassAsync(Socket from, Socket to, bool isAnswer)
    {
        var buffer = new byte[65536];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer)) > 0;)
            {
                if (isAnswer && _isSilent) continue;
                if (isAnswer && _cutsAtAnswer)
                {
                    _cutsAtAnswer = false;
                    Cuts++;
                    break;
                }
                for (var sent = 0; sent < read;) sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // The other direction ended it.
        }
        from.Dispose();
        to.Dispose();
    }
}
