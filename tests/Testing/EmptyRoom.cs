using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Testing;

/// <summary>No clients, no profiles, and nobody who listens.</summary>
public sealed class EmptyRoom : IBootEvents, IClientLookup, IRoomSource
{
    public Room Current => Room.Empty;

    public void Report(TransferEvent transfer) { }
    public void Report(ArpObservation observation) { }
    public void Report(SystemReport report) { }

    public ValueTask<BootTarget?> FindAsync(MacAddress client, CancellationToken cancellation) => new((BootTarget?)null);
    public ValueTask<BootTarget?> FindAsync(Ipv4Address address, CancellationToken cancellation) => new((BootTarget?)null);
}
