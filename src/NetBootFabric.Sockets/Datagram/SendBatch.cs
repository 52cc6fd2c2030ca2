using System.Runtime.CompilerServices;

namespace NetBootFabric.Sockets;

/// <summary>
/// Datagrams to be sent in one call, to one peer or to many; made once, filled again and again. Their octets stand one after the other
/// in one pinned buffer, so that a run to one peer is a buffer that the kernel can cut. Not for two threads at a time.
/// </summary>
public sealed unsafe class SendBatch
{
    // The kernel's own limits on one segmented buffer: UDP_MAX_SEGMENTS before Linux 6.7, and 65507 = 65535 - 20 IPv4 - 8 UDP.
    private const int MaxSegments = 64, MaxRun = 65507;

    private readonly Entry[] _entries;
    private readonly byte[] _bytes;
    private readonly MessageHeaderSlot[] _slots;
    private readonly IoVector[] _vectors;
    private readonly InternetName[] _names;
    private readonly byte[] _controls;
    private readonly int[] _runs; // datagrams in each prepared message
    private int _count, _next, _used;

    /// <param name="capacity">Datagrams.</param>
    /// <param name="bytes">Octets of all payloads together.</param>
    public SendBatch(int capacity = 64, int bytes = 64 * 1500)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        _entries = new Entry[capacity];
        _runs = new int[capacity];
        _bytes = GC.AllocateArray<byte>(bytes, pinned: true);
        _slots = GC.AllocateArray<MessageHeaderSlot>(capacity, pinned: true);
        _vectors = GC.AllocateArray<IoVector>(capacity, pinned: true);
        _names = GC.AllocateArray<InternetName>(capacity, pinned: true);
        _controls = GC.AllocateArray<byte>(capacity * SendControl.Size, pinned: true);
        for (var i = 0; i < capacity; i++) Connect(i);
    }

    /// <summary>Datagrams that wait to be sent.</summary>
    public int Count => _count - _next;

    internal bool IsSent => _next == _count;

    internal MessageHeaderSlot* Slots => (MessageHeaderSlot*)Unsafe.AsPointer(ref _slots[0]);

    /// <summary>The segment size of the first prepared message; 0 when it is a plain datagram.</summary>
    internal int FirstSegmentSize => _runs[0] > 1 ? _entries[_next].Length : 0;

    /// <summary>Adds a copy; false, and nothing added, when it does not fit.</summary>
    public bool TryAdd(ReadOnlySpan<byte> payload, UdpEndpoint to, LocalAddress from = default) => TryAdd(payload, default, to, from);

    /// <summary>Adds a datagram of two parts: a header, and a body that stands elsewhere.</summary>
    public bool TryAdd(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body, UdpEndpoint to, LocalAddress from = default)
    {
        if (!TryReserve(head.Length + body.Length, to, from, out var payload)) return false;
        head.CopyTo(payload);
        body.CopyTo(payload[head.Length..]);
        return true;
    }

    /// <summary>Adds a datagram whose <paramref name="length"/> octets the caller writes in place before sending; they hold old data until then.</summary>
    public bool TryReserve(int length, UdpEndpoint to, LocalAddress from, out Span<byte> payload)
    {
        payload = default;
        if (IsSent) Clear();
        if (_count == _entries.Length || length > _bytes.Length - _used) return false;
        _entries[_count++] = new Entry(_used, length, to, from);
        payload = _bytes.AsSpan(_used, length);
        _used += length;
        return true;
    }

    /// <summary>Forgets what was not sent.</summary>
    public void Clear() => _count = _next = _used = 0;

    /// <summary>Makes messages of the datagrams that wait, joining runs of at most <paramref name="segmentLimit"/> octets each; returns how many messages.</summary>
    internal int Prepare(int segmentLimit)
    {
        var messages = 0;
        for (var i = _next; i < _count; messages++)
        {
            var run = RunLength(i, segmentLimit);
            Fill(messages, i, run);
            i += run;
        }
        return messages;
    }

    /// <summary>Passes over the first prepared messages; returns how many datagrams they held.</summary>
    internal int Advance(int messages)
    {
        var datagrams = 0;
        for (var i = 0; i < messages; i++) datagrams += _runs[i];
        _next += datagrams;
        return datagrams;
    }

    /// <summary>Every segment but the last has the same size; the last may be shorter.</summary>
    private int RunLength(int first, int segmentLimit)
    {
        ref readonly var head = ref _entries[first];
        if (head.Length == 0 || head.Length > segmentLimit) return 1;
        var (run, total) = (1, head.Length);
        while (first + run < _count && run < MaxSegments)
        {
            ref readonly var next = ref _entries[first + run];
            total += next.Length;
            if (next.Length == 0 || next.Length > head.Length || total > MaxRun || next.To != head.To || next.From != head.From) break;
            run++;
            if (next.Length < head.Length) break;
        }
        return run;
    }

    private void Fill(int message, int first, int run)
    {
        ref readonly var head = ref _entries[first];
        ref readonly var last = ref _entries[first + run - 1];
        _runs[message] = run;
        _names[message] = new InternetName(head.To);
        _vectors[message].Base = (byte*)Unsafe.AsPointer(ref _bytes[0]) + head.Offset;
        _vectors[message].Length = (nuint)(last.Offset + last.Length - head.Offset);
        var control = _controls.AsSpan(message * SendControl.Size, SendControl.Size);
        _slots[message].Header.ControlLength = (nuint)SendControl.Write(control, head.From, run > 1 ? (ushort)head.Length : (ushort)0);
    }

    private void Connect(int index)
    {
        ref var header = ref _slots[index].Header;
        header.Name = Unsafe.AsPointer(ref _names[index]);
        header.NameLength = (uint)sizeof(InternetName);
        header.Vectors = (IoVector*)Unsafe.AsPointer(ref _vectors[index]);
        header.VectorCount = 1;
        header.Control = Unsafe.AsPointer(ref _controls[index * SendControl.Size]);
    }

    private readonly record struct Entry(int Offset, int Length, UdpEndpoint To, LocalAddress From);
}
