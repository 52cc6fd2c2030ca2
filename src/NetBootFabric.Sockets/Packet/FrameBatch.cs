using System.Runtime.InteropServices;

namespace NetBootFabric.Sockets;

/// <summary>Room for frames received in one call; made once, filled again and again. Not for two threads at a time.</summary>
/// <param name="capacity">Frames a call can bring.</param>
/// <param name="frameSize">Octets kept of each; longer ones are cut and marked.</param>
public sealed class FrameBatch(int capacity = 32, int frameSize = 2048)
{
    private readonly ReceiveVector _vector = new(capacity, frameSize);

    public int Capacity => _vector.Capacity;

    /// <summary>Frames of the last receive.</summary>
    public int Count { get; private set; }

    public Frame this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            var name = _vector.Name<LinkName>(index);
            return new Frame
            {
                Bytes = _vector.Payload(index),
                Kind = (PacketKind)name.PacketType,
                InterfaceIndex = name.InterfaceIndex,
                IsTruncated = _vector.IsTruncated(index),
            };
        }
    }

    internal int Receive(NativeSocket socket, TimeSpan timeout, DropCounter drops)
    {
        Count = _vector.Receive(socket, timeout);
        for (var i = 0; i < Count; i++)
        {
            var control = _vector.Control(i);
            while (control.MoveNext())
                if (control is { Level: Libc.SOL_SOCKET, Type: Libc.SO_RXQ_OVFL }) drops.Observe(MemoryMarshal.Read<uint>(control.Data));
        }
        return Count;
    }
}
