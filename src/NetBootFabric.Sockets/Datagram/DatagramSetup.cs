using System.Text;

namespace NetBootFabric.Sockets;

/// <summary>Carries the options of a <see cref="DatagramSocket"/> into the kernel, before and with the bind.</summary>
internal static unsafe class DatagramSetup
{
    public static void Apply(NativeSocket socket, DatagramSocketOptions options)
    {
        var purpose = Purpose(options);
        void Require(Errno error, SetupStep step)
        {
            if (error != Errno.None) throw SetupAdvice.For(error, step, purpose, options.Port);
        }

        Require(socket.SetOption(Libc.SOL_IP, Libc.IP_PKTINFO, 1), SetupStep.Configure);
        Require(socket.SetOption(Libc.SOL_SOCKET, Libc.SO_RXQ_OVFL, 1), SetupStep.Configure);
        if (options.Timestamps) Require(socket.SetOption(Libc.SOL_SOCKET, Libc.SO_TIMESTAMPNS, 1), SetupStep.Configure);
        if (options.ReuseAddress) Require(socket.SetOption(Libc.SOL_SOCKET, Libc.SO_REUSEADDR, 1), SetupStep.Configure);
        if (options.Broadcast) Require(socket.SetOption(Libc.SOL_SOCKET, Libc.SO_BROADCAST, 1), SetupStep.Configure);
        if (options.Fragmentation != Fragmentation.SystemDefault)
            Require(socket.SetOption(Libc.SOL_IP, Libc.IP_MTU_DISCOVER, (int)options.Fragmentation), SetupStep.Configure);
        if (options.Device is { } device) Require(BindToDevice(socket, device), SetupStep.BindToDevice);
        SocketBuffer.Ask(socket, Libc.SO_RCVBUFFORCE, Libc.SO_RCVBUF, options.ReceiveBufferBytes);
        SocketBuffer.Ask(socket, Libc.SO_SNDBUFFORCE, Libc.SO_SNDBUF, options.SendBufferBytes);
        var name = new InternetName(new UdpEndpoint(options.Address, options.Port));
        Require(socket.Bind(&name, sizeof(InternetName)), SetupStep.Bind);
    }

    public static string Purpose(DatagramSocketOptions options) =>
        $"UDP port {options.Port}" + (options.Address == 0 ? "" : $" at {Dotted.Quad(options.Address)}") + (options.Device is null ? "" : $" on {options.Device}");

    private static Errno BindToDevice(NativeSocket socket, string device)
    {
        var name = Encoding.UTF8.GetBytes(device);
        fixed (byte* bytes = name) return socket.SetOption(Libc.SOL_SOCKET, Libc.SO_BINDTODEVICE, bytes, name.Length);
    }
}
