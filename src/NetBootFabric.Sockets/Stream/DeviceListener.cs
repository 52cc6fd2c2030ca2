using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NetBootFabric.Sockets;

/// <summary>TCP by device and not by address: what comes in on one interface to whichever address it has at that moment, so that addresses may come and go.</summary>
public static class DeviceListener
{
    /// <summary>A socket that is bound to the port on every address, and to the device; it does not listen yet. Another device's may have the same port.</summary>
    /// <param name="device">Name of the interface.</param>
    /// <param name="port">0: one that is free, to be read from the socket.</param>
    /// <exception cref="SocketSetupException">The port is taken, CAP_NET_RAW is missing, there is no such interface …</exception>
    public static Socket Bind(string device, ushort port) => Bind(device, new IPEndPoint(IPAddress.Any, port));

    /// <summary>The same on one address: what comes in by another device does not reach it.</summary>
    public static Socket Bind(string device, IPEndPoint endpoint)
    {
        var port = (ushort)endpoint.Port;
        var purpose = $"TCP port {port} on {device}";
        var step = SetupStep.Open;
        var socket = default(Socket);
        try
        {
            socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            var error = BindToDevice(socket, device);
            if (error != Errno.None) throw SetupAdvice.For(error, SetupStep.BindToDevice, purpose, port);
            step = SetupStep.Bind;
            socket.Bind(endpoint);
            return socket;
        }
        catch (Exception e)
        {
            socket?.Dispose();
            if (e is SocketException refused) throw SetupAdvice.For((Errno)refused.NativeErrorCode, step, purpose, port);
            throw;
        }
    }

    // Not by Socket.SetRawSocketOption: its exceptions don't tell ENODEV.
    private static unsafe Errno BindToDevice(Socket socket, string device)
    {
        var name = Encoding.UTF8.GetBytes(device);
        fixed (byte* bytes = name)
            return Libc.SetSockOpt((int)socket.Handle, Libc.SOL_SOCKET, Libc.SO_BINDTODEVICE, bytes, (uint)name.Length) < 0 ? Libc.LastError : Errno.None;
    }
}
