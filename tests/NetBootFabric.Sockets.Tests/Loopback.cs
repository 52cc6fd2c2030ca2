namespace NetBootFabric.Sockets.Tests;

/// <summary>Sockets on loopback with ports that the kernel chose.</summary>
internal static class Loopback
{
    public const uint Address = 0x7F00_0001;

    /// <summary>Long enough for any machine; a test that waits for it has failed.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static DatagramSocket Open(DatagramSocketOptions? options = null) =>
        DatagramSocket.Open((options ?? new DatagramSocketOptions()) with { Address = Address });

    public static UdpEndpoint Endpoint(this DatagramSocket socket) => new(Address, socket.LocalPort);

    /// <summary>Receives until <paramref name="count"/> payloads are there.</summary>
    public static List<byte[]> Collect(DatagramSocket socket, int count, int size = 2048)
    {
        var batch = new DatagramBatch(32, size);
        var payloads = new List<byte[]>();
        while (payloads.Count < count)
        {
            Assert.NotEqual(0, socket.Receive(batch, Limit));
            for (var i = 0; i < batch.Count; i++) payloads.Add(batch[i].Payload.ToArray());
        }
        return payloads;
    }
}
