using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Events;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Messages;

/// <summary>What can be said to a client's actor. A closed set: <see cref="FabricSerializer"/> knows each.</summary>
public interface IClientMessage
{
    MacAddress Client { get; }
}

/// <summary>A DHCP packet came. Answered to the sender with <see cref="DhcpAnswer"/> or <see cref="DhcpDismissed"/>, once.</summary>
public sealed record DhcpArrived(DhcpInquiry Inquiry) : IClientMessage
{
    /// <summary>By the clock of the head node that heard it; null: not known.</summary>
    public DateTimeOffset? HeardAt { get; init; }

    public MacAddress Client => Inquiry.Client;
}

public sealed record TransferSeen(MacAddress Client, TransferEvent Transfer) : IClientMessage;

public sealed record ArpSeen(MacAddress Client, ArpObservation Observation) : IClientMessage;

public sealed record SystemReported(SystemReport Report) : IClientMessage
{
    public MacAddress Client => Report.Client;
}

/// <summary>Wakes a client whose boot was going on when its head node stopped, so that its silence is noticed.</summary>
public sealed record Wake(MacAddress Client) : IClientMessage;

/// <summary>Answered with the <see cref="ClientState"/>.</summary>
public sealed record GetClient(MacAddress Client) : IClientMessage;

/// <summary>No answer will be sent for this inquiry.</summary>
public sealed record DhcpDismissed(DhcpInquiry Inquiry, DhcpDismissal Reason);

/// <summary>Stops an idle client's actor, or one whose shard moves; unlike PoisonPill it waits for what is being persisted.</summary>
public sealed record StopClient
{
    public static StopClient Instance { get; } = new();
}
