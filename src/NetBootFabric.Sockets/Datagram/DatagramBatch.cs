using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NetBootFabric.Sockets;

/// <summary>Room for datagrams received in one call; made once, filled again and again. Not for two threads at a time.</summary>
/// <param name="capacity">Datagrams a call can bring.</param>
/// <param name="datagramSize">Octets kept of each; longer ones are cut and marked.</param>
public sealed class DatagramBatch(int capacity = 32, int datagramSize = 2048)
{
    private readonly ReceiveVector _vector = new(capacity, datagramSize);
    private readonly PacketInfo[] _arrivals = new PacketInfo[capacity];
    private readonly long[] _times = new long[capacity];

    public int Capacity => _vector.Capacity;

    /// <summary>Datagrams of the last receive.</summary>
    public int Count { get; private set; }

    public Datagram this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            ref readonly var arrival = ref _arrivals[index];
            return new Datagram
            {
                Payload = _vector.Payload(index),
                Source = _vector.Name<InternetName>(index).Endpoint,
                Destination = BinaryPrimitives.ReverseEndianness(arrival.HeaderDestination),
                Local = new LocalAddress(BinaryPrimitives.ReverseEndianness(arrival.SpecificDestination), arrival.InterfaceIndex),
                IsTruncated = _vector.IsTruncated(index),
                ArrivedAt = _times[index],
            };
        }
    }

    internal int Receive(NativeSocket socket, TimeSpan timeout, DropCounter drops)
    {
        Count = _vector.Receive(socket, timeout);
        for (var i = 0; i < Count; i++) _arrivals[i] = ReadControl(_vector.Control(i), drops, out _times[i]);
        return Count;
    }

    private static PacketInfo ReadControl(ControlMessages control, DropCounter drops, out long time)
    {
        time = 0;
        var arrival = default(PacketInfo);
        while (control.MoveNext())
        {
            switch (control.Level, control.Type)
            {
                case (Libc.SOL_IP, Libc.IP_PKTINFO):
                    arrival = MemoryMarshal.Read<PacketInfo>(control.Data);
                    break;
                case (Libc.SOL_SOCKET, Libc.SO_TIMESTAMPNS):
                    var stamp = MemoryMarshal.Read<TimeSpec>(control.Data);
                    time = stamp.Seconds * 1_000_000_000 + stamp.Nanoseconds;
                    break;
                case (Libc.SOL_SOCKET, Libc.SO_RXQ_OVFL):
                    drops.Observe(MemoryMarshal.Read<uint>(control.Data));
                    break;
            }
        }
        return arrival;
    }
}
