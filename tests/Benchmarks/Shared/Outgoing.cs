using NetBootFabric.Sockets;

namespace NetBootFabric.Benchmarks.Shared;

/// <summary>What a generator or canned server has to say, gathered and sent in one call.</summary>
public sealed class Outgoing(DatagramSocket socket, int capacity = 64, int bytes = 64 * 1500)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(10);

    private readonly SendBatch _batch = new(capacity, bytes);

    public void Add(ReadOnlySpan<byte> payload, UdpEndpoint to, LocalAddress from)
    {
        if (_batch.TryAdd(payload, to, from)) return;
        Flush();
        _batch.TryAdd(payload, to, from);
    }

    /// <summary>Waits for room where there is none: a generator loses nothing of its own.</summary>
    public void Flush()
    {
        while (_batch.Count > 0)
        {
            socket.Send(_batch);
            if (_batch.Count > 0) socket.WaitWritable(Patience);
        }
    }
}
