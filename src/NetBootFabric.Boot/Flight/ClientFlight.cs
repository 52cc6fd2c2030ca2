using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Flight;

/// <summary>One client's recordings. <see cref="Gate"/> guards the rings; the shelf's lock everything else.</summary>
internal sealed class ClientFlight(MacAddress client)
{
    public Lock Gate { get; } = new();
    public MacAddress Client { get; } = client;

    /// <summary>Null: none yet, or it gave way.</summary>
    public FlightRing? Current { get; set; }
    public FlightRing? Failed { get; set; }
    public long FailedBoot { get; set; }

    /// <summary>The last boot that was heard of.</summary>
    public long Boot { get; set; }

    public FlightPlace Place { get; set; }

    /// <summary>Its place in the order in which recordings give way, and among those of failed boots.</summary>
    public LinkedListNode<ClientFlight>? Turn { get; set; }
    public LinkedListNode<ClientFlight>? FailedTurn { get; set; }
}

/// <summary>In the order in which recordings give way to others.</summary>
internal enum FlightPlace
{
    /// <summary>Its system is up: nobody asks for how it came there.</summary>
    Booted,
    Stranger,
    Going,
}
