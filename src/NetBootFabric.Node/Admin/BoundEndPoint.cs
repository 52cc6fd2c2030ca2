using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace NetBootFabric.Node.Admin;

/// <summary>The endpoint of a socket that somebody else has bound.</summary>
internal sealed class BoundEndPoint(Socket socket) : IPEndPoint(((IPEndPoint)socket.LocalEndPoint!).Address, ((IPEndPoint)socket.LocalEndPoint!).Port)
{
    /// <summary>The socket that Kestrel shall listen on.</summary>
    public static Socket Open(EndPoint endpoint) =>
        endpoint is BoundEndPoint bound ? bound._socket : SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);

    private readonly Socket _socket = socket;
}
