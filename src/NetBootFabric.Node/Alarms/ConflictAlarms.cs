using NetBootFabric.Arp;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Alarms;

/// <summary>
/// Tells the operator of machines that use an address of the head node's, or a node's fixed address; all goes on to <paramref
/// name="next"/>.
/// </summary>
internal sealed class ConflictAlarms(IBootEvents next, WireAlarms alarms, HostAddresses host, IRoomSource rooms) : IBootEvents
{
    public void Report(TransferEvent transfer) => next.Report(transfer);

    public void Report(SystemReport report) => next.Report(report);

    public void Report(ArpObservation observation)
    {
        if (observation.Sighting == ArpSighting.Conflict) Look(observation, rooms.Current);
        next.Report(observation);
    }

    private void Look(ArpObservation seen, Room room)
    {
        if (host.IsOurs(seen.Address))
        {
            alarms.Raise($"claim {seen.Address}",
                $"{Who(room, seen.Sender)} claims {seen.Address} on {seen.Interface}, an address of this head node: "
                + "machines that believe it find no boot server; find it by its MAC address in the switch's table, and take the address from it");
        }
        else if (room.FixedAddresses.TryGetValue(seen.Address, out var owner))
        {
            alarms.Raise($"claim {seen.Address}",
                $"{Who(room, seen.Sender)} uses {seen.Address} on {seen.Interface}, the fixed address of {Who(room, owner)}, "
                + "which boots with another one meanwhile; take the address from it, or give the node a free one");
        }
    }

    private static string Who(Room room, MacAddress mac) => room.NodeOf(mac)?.Name is { } name ? $"{name} ({mac})" : mac.ToString();
}
