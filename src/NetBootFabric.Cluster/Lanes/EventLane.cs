using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Lanes;

/// <summary>Takes what the data plane saw to the actor of the client it is about.</summary>
/// <param name="rooms">Knows whose a fixed address is, also when it has no lease of it since somebody else sits on it; null: nobody
/// does.</param>
/// <param name="board">Knows who was offered an address; null: nobody does.</param>
public sealed class EventLane(IActorRef region, ILeaseBook leases, TimeProvider time, ClientBoard? board = null,
    IRoomSource? rooms = null) : IBootEvents
{
    private readonly ArpSpeakers _speakers = new(time);

    public void Report(TransferEvent transfer)
    {
        if ((transfer.Client ?? Holder(transfer.Peer) ?? User(transfer.Peer)) is { } client) region.Tell(new TransferSeen(client, transfer), ActorRefs.NoSender);
    }

    public void Report(ArpObservation observation)
    {
        switch (observation.Sighting)
        {
            case ArpSighting.ServerAsked:
                _speakers.Heard(observation.SenderAddress, observation.Sender);
                region.Tell(new ArpSeen(observation.Sender, observation), ActorRefs.NoSender);
                break;
            case ArpSighting.Conflict:
                Quarantine(observation);
                break;
        }
    }

    /// <remarks>A machine speaks for itself: what comes from the address of another client is no report.</remarks>
    public void Report(SystemReport report)
    {
        if (Holder(report.Peer) is { } holder && holder != report.Client) return;
        region.Tell(new SystemReported(report), ActorRefs.NoSender);
    }

    /// <summary>Long enough that the intruder shows itself again, or is found.</summary>
    private static readonly TimeSpan QuarantineTime = TimeSpan.FromHours(1);

    private void Quarantine(ArpObservation conflict)
    {
        var now = time.GetUtcNow();
        leases.Quarantine(conflict.Address, now + QuarantineTime, $"{conflict.Sender} answers for it", static _ => { });
        if ((Holder(conflict.Address) ?? Owner(conflict.Address)) is { } holder
            && holder != conflict.Sender) region.Tell(new ArpSeen(holder, conflict), ActorRefs.NoSender);
    }

    /// <summary>Of an address that nobody holds a lease of: it was offered, or another server gave it, or nothing is known but who speaks from it.</summary>
    private MacAddress? User(Ipv4Address address) => board?.ClientAt(address, time.GetUtcNow()) ?? _speakers.At(address);

    private MacAddress? Owner(Ipv4Address address) =>
        rooms?.Current.FixedAddresses.TryGetValue(address, out var owner) == true ? owner : null;

    private MacAddress? Holder(Ipv4Address address) => leases.Find(address, time.GetUtcNow())?.Client;
}
