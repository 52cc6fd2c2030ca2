using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace NetBootFabric.Sockets;

/// <summary>A TCP socket that takes connections over IPv4, without blocking; several threads may accept from it.</summary>
public sealed class StreamListener : IDisposable
{
    private readonly Socket _socket;

    private StreamListener(Socket socket)
    {
        _socket = socket;
        Endpoint = (IPEndPoint)socket.LocalEndPoint!;
    }

    /// <summary>Where it listens; a port of 0 is the real one by now.</summary>
    public IPEndPoint Endpoint { get; }

    internal int Descriptor => (int)_socket.Handle;

    /// <exception cref="SocketSetupException">The address is in use, or not ours, or not of IPv4.</exception>
    public static StreamListener Listen(IPEndPoint endpoint, int backlog)
    {
        var purpose = $"TCP port {endpoint.Port} on {endpoint.Address}";
        if (endpoint.AddressFamily != AddressFamily.InterNetwork) throw SetupAdvice.For(Errno.EAFNOSUPPORT, SetupStep.Open, purpose);
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endpoint);
        }
        catch (SocketException refused)
        {
            socket.Dispose();
            throw SetupAdvice.For((Errno)refused.NativeErrorCode, SetupStep.Bind, purpose, (ushort)endpoint.Port);
        }
        return Listen(socket, backlog);
    }

    /// <summary>Takes a bound socket over, for good.</summary>
    /// <param name="backlog">Connections that wait to be accepted; the kernel cuts it to net.core.somaxconn.</param>
    /// <exception cref="SocketSetupException">Another socket listens there.</exception>
    public static StreamListener Listen(Socket bound, int backlog)
    {
        try
        {
            bound.Blocking = false;
            bound.NoDelay = true; // accepted sockets have it from their listener
            bound.Listen(backlog);
            return new StreamListener(bound);
        }
        catch (SocketException refused)
        {
            bound.Dispose();
            throw SetupAdvice.For((Errno)refused.NativeErrorCode, SetupStep.Bind, "a TCP socket that was handed in");
        }
    }

    /// <summary>One connection that waits. False: none does (EAGAIN), or the error: EMFILE, ENFILE, ENOBUFS and ENOMEM leave it waiting.</summary>
    public unsafe bool TryAccept(out StreamSocket accepted, out Errno error)
    {
        InternetName peer;
        while (true)
        {
            var length = (uint)sizeof(InternetName);
            var descriptor = Libc.Accept(Descriptor, &peer, &length, Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC);
            error = descriptor < 0 ? Libc.LastError : Errno.None;
            if (error == Errno.EINTR) continue;
            accepted = descriptor < 0 ? null! : new StreamSocket(descriptor, BinaryPrimitives.ReverseEndianness(peer.NetworkAddress), BinaryPrimitives.ReverseEndianness(peer.NetworkPort));
            return descriptor >= 0;
        }
    }

    public void Dispose() => _socket.Dispose();
}
