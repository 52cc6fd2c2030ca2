using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;

namespace NetBootFabric.Node.Wiring;

/// <summary>Holds the room in force. A new one takes effect with every client's next packet.</summary>
internal sealed class RoomKeeper(Room first) : IRoomSource
{
    private volatile Room _current = first;

    public Room Current => _current;

    /// <param name="leases">Null: none were read yet.</param>
    public void Apply(Room room, ILeaseBook? leases)
    {
        // Pools first: an address that became somebody's fixed one must not be offered any more. Most changes concern no address.
        if (room.Subnets != _current.Subnets || !ReferenceEquals(room.FixedAddresses, _current.FixedAddresses)) leases?.Reshape(room);
        _current = room;
    }
}
