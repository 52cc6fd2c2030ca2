using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetBootFabric.Sockets;

/// <summary>The memory of a receiving batch: one slot a message, all of it allocated once on the pinned heap, so that the kernel writes straight into it.</summary>
internal sealed unsafe class ReceiveVector
{
    private const int NameSize = 32;     // sockaddr_in takes 16, sockaddr_ll 20
    private const int ControlSize = 96;  // 88 = 32 in_pktinfo + 24 drop counter + 32 timespec, as CMSG_SPACE

    private readonly MessageHeaderSlot[] _slots;
    private readonly IoVector[] _vectors;
    private readonly byte[] _names;
    private readonly byte[] _controls;
    private readonly byte[] _payloads;
    private readonly int _size;
    private int _used;

    public ReceiveVector(int capacity, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        _size = size;
        _slots = GC.AllocateArray<MessageHeaderSlot>(capacity, pinned: true);
        _vectors = GC.AllocateArray<IoVector>(capacity, pinned: true);
        _names = GC.AllocateArray<byte>(capacity * NameSize, pinned: true);
        _controls = GC.AllocateArray<byte>(capacity * ControlSize, pinned: true);
        _payloads = GC.AllocateArray<byte>(capacity * size, pinned: true);
        for (var i = 0; i < capacity; i++) Connect(i);
        _used = capacity;
    }

    public int Capacity => _slots.Length;

    public int Receive(NativeSocket socket, TimeSpan timeout)
    {
        Rearm();
        _used = socket.Receive((MessageHeaderSlot*)Unsafe.AsPointer(ref _slots[0]), _slots.Length, timeout);
        return _used;
    }

    public Span<byte> Payload(int index) => _payloads.AsSpan(index * _size, Math.Min((int)_slots[index].Length, _size));

    public bool IsTruncated(int index) => (_slots[index].Header.Flags & Libc.MSG_TRUNC) != 0;

    public T Name<T>(int index) where T : unmanaged => MemoryMarshal.Read<T>(_names.AsSpan(index * NameSize, NameSize));

    public ControlMessages Control(int index) => new(_controls.AsSpan(index * ControlSize, (int)_slots[index].Header.ControlLength));

    /// <summary>The kernel overwrote these lengths in the slots that it filled.</summary>
    private void Rearm()
    {
        for (var i = 0; i < _used; i++)
        {
            _slots[i].Header.NameLength = NameSize;
            _slots[i].Header.ControlLength = ControlSize;
            _slots[i].Header.Flags = 0;
        }
    }

    private void Connect(int index)
    {
        ref var vector = ref _vectors[index];
        vector.Base = (byte*)Unsafe.AsPointer(ref _payloads[index * _size]);
        vector.Length = (nuint)_size;
        ref var header = ref _slots[index].Header;
        header.Name = Unsafe.AsPointer(ref _names[index * NameSize]);
        header.Control = Unsafe.AsPointer(ref _controls[index * ControlSize]);
        header.Vectors = (IoVector*)Unsafe.AsPointer(ref vector);
        header.VectorCount = 1;
    }
}
