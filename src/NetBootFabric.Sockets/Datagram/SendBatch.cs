using System.Runtime.CompilerServices;

namespace NetBootFabric.Sockets;

/// <summary>
/// Datagrams to be sent in one call, to one peer or to many; made once, filled again and again. Their octets stand one after the other
/// in one pinned buffer, or in files, so that a run to one peer is one message that the kernel can cut. Not for two threads at a time.
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
    private int _count, _next, _used, _vectorsUsed;

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
        _vectors = GC.AllocateArray<IoVector>(2 * capacity, pinned: true); // a head and a body each
        _names = GC.AllocateArray<InternetName>(capacity, pinned: true);
        _controls = GC.AllocateArray<byte>(capacity * SendControl.Size, pinned: true);
        for (var i = 0; i < capacity; i++) Connect(i);
    }

    /// <summary>Datagrams that wait to be sent.</summary>
    public int Count => _count - _next;

    internal bool IsSent => _next == _count;

    internal MessageHeaderSlot* Slots => (MessageHeaderSlot*)Unsafe.AsPointer(ref _slots[0]);

    /// <summary>The segment size of the first prepared message; 0 when it is a plain datagram.</summary>
    internal int FirstSegmentSize => _runs[0] > 1 ? _entries[_next].Size : 0;

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

    /// <summary>
    /// Adds a datagram whose body the kernel takes from a file when it is sent: until then the mapping must live. It does not go, with
    /// EFAULT, when the file no longer has those octets; the last page that it has ends with zeros.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">They lie outside of the mapping.</exception>
    public bool TryAdd(ReadOnlySpan<byte> head, FileMapping file, long offset, int length, UdpEndpoint to, LocalAddress from = default)
    {
        var body = file.At(offset, length);
        if (!TryReserve(head.Length, to, from, out var payload)) return false;
        head.CopyTo(payload);
        (_entries[_count - 1].Body, _entries[_count - 1].BodyLength) = (body, length);
        return true;
    }

    /// <summary>Adds a datagram whose <paramref name="length"/> octets the caller writes in place before sending; they hold old data until then.</summary>
    public bool TryReserve(int length, UdpEndpoint to, LocalAddress from, out Span<byte> payload)
    {
        payload = default;
        if (IsSent) Clear();
        if (_count == _entries.Length || length > _bytes.Length - _used) return false;
        _entries[_count++] = new Entry(_used, length, 0, 0, to, from);
        payload = _bytes.AsSpan(_used, length);
        _used += length;
        return true;
    }

    /// <summary>Forgets what was not sent.</summary>
    public void Clear() => _count = _next = _used = 0;

    /// <summary>Makes messages of the datagrams that wait, joining runs of at most <paramref name="segmentLimit"/> octets each; returns how many messages.</summary>
    internal int Prepare(int segmentLimit)
    {
        var messages = _vectorsUsed = 0;
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
        if (head.Size == 0 || head.Size > segmentLimit) return 1;
        var (run, total) = (1, head.Size);
        while (first + run < _count && run < MaxSegments)
        {
            ref readonly var next = ref _entries[first + run];
            total += next.Size;
            if (next.Size == 0 || next.Size > head.Size || total > MaxRun || next.To != head.To || next.From != head.From) break;
            run++;
            if (next.Size < head.Size) break;
        }
        return run;
    }

    private void Fill(int message, int first, int run)
    {
        ref readonly var head = ref _entries[first];
        ref var header = ref _slots[message].Header;
        _runs[message] = run;
        _names[message] = new InternetName(head.To);
        header.Vectors = (IoVector*)Unsafe.AsPointer(ref _vectors[_vectorsUsed]);
        header.VectorCount = (nuint)Gather(first, run);
        var control = _controls.AsSpan(message * SendControl.Size, SendControl.Size);
        header.ControlLength = (nuint)SendControl.Write(control, head.From, run > 1 ? (ushort)head.Size : (ushort)0);
    }

    /// <summary>Where the octets of a run stand: at least one vector, though it be empty. Returns how many.</summary>
    private int Gather(int first, int run)
    {
        var began = _vectorsUsed;
        for (var i = first; i < first + run; i++)
        {
            ref readonly var entry = ref _entries[i];
            var start = (byte*)Unsafe.AsPointer(ref _bytes[0]) + entry.Offset;
            // Neighbours in the buffer are one piece.
            if (_vectorsUsed > began && _vectors[_vectorsUsed - 1] is var last && last.Base + last.Length == start) _vectors[_vectorsUsed - 1].Length += (nuint)entry.Length;
            else _vectors[_vectorsUsed++] = new IoVector { Base = start, Length = (nuint)entry.Length };
            if (entry.BodyLength > 0) _vectors[_vectorsUsed++] = new IoVector { Base = (byte*)entry.Body, Length = (nuint)entry.BodyLength };
        }
        return _vectorsUsed - began;
    }

    private void Connect(int index)
    {
        ref var header = ref _slots[index].Header;
        header.Name = Unsafe.AsPointer(ref _names[index]);
        header.NameLength = (uint)sizeof(InternetName);
        header.Control = Unsafe.AsPointer(ref _controls[index * SendControl.Size]);
    }

    /// <summary>Octets in the buffer, and behind them some of a file.</summary>
    private record struct Entry(int Offset, int Length, nint Body, int BodyLength, UdpEndpoint To, LocalAddress From)
    {
        public readonly int Size => Length + BodyLength;
    }
}
