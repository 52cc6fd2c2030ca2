using System.Net.Sockets;

namespace NetBootFabric.Sockets.Tests.Dying;

/// <summary>A process that holds an address and serves on it, until it is killed.</summary>
internal static class AddressHolding
{
    public const ushort Port = 8080;

    public static void Run(string link, uint address, bool onDevice)
    {
        // Before the sockets, as a server does that takes connections later.
        var index = onDevice ? AddressDevice.Open().InterfaceIndex : InterfaceTable.Get(link).Index;
        var listener = DeviceListener.Bind(link, Port);
        var datagrams = DatagramSocket.Open(new DatagramSocketOptions { Port = Port, Device = link });
        listener.Listen();
        new Thread(() => Accept(listener)).Start();
        new Thread(() => Echo(datagrams)).Start();

        var addresses = new InterfaceAddresses();
        var never = new ManualResetEvent(false);
        do
        {
            if (addresses.Renew(index, new InterfaceAddress(address, 32), seconds: 2) != Errno.None) return;
            Console.Out.Write('.');
            Console.Out.Flush();
        }
        while (!never.WaitOne(TimeSpan.FromMilliseconds(250)));
    }

    /// <summary>Says a word to each; what the first says is read, what the others say is not.</summary>
    private static void Accept(Socket listener)
    {
        var open = new List<Socket>();
        while (true)
        {
            open.Add(listener.Accept());
            open[^1].Send([1]);
            if (open.Count == 1) new Thread(() => Read(open[0])).Start();
        }
    }

    private static void Read(Socket connection)
    {
        var bytes = new byte[100];
        while (connection.Receive(bytes) > 0) connection.Send([2]);
    }

    private static void Echo(DatagramSocket socket)
    {
        var batch = new DatagramBatch(capacity: 1);
        while (socket.Receive(batch) > 0) socket.SendTo(batch[0].Payload, batch[0].Source, batch[0].Local);
    }
}
