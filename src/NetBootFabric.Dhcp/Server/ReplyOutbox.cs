using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Sockets;

namespace NetBootFabric.Dhcp;

/// <summary>
/// Answers that leave in one system call. They go to one target (a relay agent, or everybody), so that what the kernel says of some holds for all. Any thread, one at a time;
/// allocates nothing.
/// </summary>
internal sealed class ReplyOutbox(DatagramSocket socket, ReplySender sender)
{
    private const int Capacity = 64;

    /// <summary>How long a full send buffer is waited for: the link takes its 4 MiB in less.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(5);

    private readonly Lock _gate = new();
    private readonly SendBatch _batch = new(Capacity, Capacity * ReplyWriter.LargestMessage);
    private readonly DhcpAnswer?[] _answers = new DhcpAnswer?[Capacity];
    private UdpEndpoint _target;
    private int _count;

    public void Add(DhcpAnswer answer)
    {
        Span<byte> message = stackalloc byte[ReplyWriter.LargestMessage];
        if (!sender.TryPrepare(socket, answer, message, out var length, out var target)) return;
        if (sender.LocalOf(answer) is { } from) Add(answer, message[..length], target, from);
        else sender.Count(answer, sender.SendFrame(answer, message[..length]));
    }

    public void Send()
    {
        lock (_gate) SendAll();
    }

    private void Add(DhcpAnswer answer, ReadOnlySpan<byte> message, UdpEndpoint target, LocalAddress from)
    {
        lock (_gate)
        {
            if (_count == Capacity || (_count > 0 && target != _target)) SendAll();
            _target = target;
            _batch.TryAdd(message, target, from);
            _answers[_count++] = answer;
        }
    }

    private void SendAll()
    {
        if (_count == 0) return;
        var result = socket.Send(_batch);
        var sent = result.Sent;
        if (_batch.Count > 0 && socket.WaitWritable(Patience)) sent += (result = socket.Send(_batch)).Sent;
        _batch.Clear();
        for (var i = 0; i < _count; i++)
        {
            sender.Count(_answers[i]!, i < sent ? Errno.None : result.Error);
            _answers[i] = null;
        }
        _count = 0;
    }
}
