using System.Collections.Concurrent;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Boot.Storms;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Wiring;

/// <summary>Racks as the node entries name them.</summary>
/// <param name="holderOf">Whose an address is; null: nobody's that is known here.</param>
internal sealed class RoomRacks(IRoomSource rooms, Func<Ipv4Address, MacAddress?> holderOf) : IRacks
{
    // No more than the operator writes racks.
    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);

    public int RackOf(Ipv4Address client) =>
        holderOf(client) is { } holder && rooms.Current.NodeOf(holder)?.Variables.GetValueOrDefault(NodeEntry.RackVariable) is { Length: > 0 } rack ? NumberOf(rack) : 0;

    private int NumberOf(string rack) => _numbers.GetOrAdd(rack, static (_, numbers) => numbers.Count + 1, _numbers);
}
