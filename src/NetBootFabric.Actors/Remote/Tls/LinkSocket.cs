using System.Net;
using System.Net.Sockets;

namespace NetBootFabric.Actors.Remote.Tls;

/// <summary>TCP sockets of links: no gathering by the kernel, since the send queue gathers, and quick to notice that the far end is gone.</summary>
internal static class LinkSocket
{
    private const int IpprotoTcp = 6, TcpUserTimeout = 18;

    /// <exception cref="SocketException">The address is not ours, or the port is taken.</exception>
    public static Socket Listen(IPEndPoint endpoint)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endpoint);
            socket.Listen(128);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public static async Task<Socket> Connect(string address, TimeSpan deadAfter, CancellationToken cancellation)
    {
        var endpoint = await HostPort.Resolve(address, cancellation).ConfigureAwait(false);
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            Tune(socket, deadAfter);
            await socket.ConnectAsync(endpoint, cancellation).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The user time-out (tcp(7), RFC 5482) covers a link with something to send; an idle one is probed after the first silent second, and given up
    /// by the same time-out.
    /// </summary>
    public static void Tune(Socket socket, TimeSpan deadAfter)
    {
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 1);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 1);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Math.Max(1, (int)deadAfter.TotalSeconds - 1));
        if (OperatingSystem.IsLinux()) socket.SetRawSocketOption(IpprotoTcp, TcpUserTimeout, BitConverter.GetBytes((int)deadAfter.TotalMilliseconds));
    }
}
