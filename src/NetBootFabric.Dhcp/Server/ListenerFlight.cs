using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Sockets;
using NetBootFabric.Wire;

namespace NetBootFabric.Dhcp;

/// <summary>What one listener tells the flight recorder of what it hears.</summary>
internal sealed class ListenerFlight(IFlightRecorder recorder, ushort port)
{
    private const int Htype = 1, Chaddr = 28;

    private static readonly string[] Refusals = [.. Enum.GetNames<InquiryRefusal>().Select(name => $"unusable: {name}")];

    public void Heard(MacAddress client, in Datagram datagram) =>
        recorder.Packet(client, new FlightPacket(FlightProtocol.Dhcp, Sent: false, new Ipv4Address(datagram.Source.Address), datagram.Source.Port, new Ipv4Address(datagram.Destination), port), datagram.Payload);

    /// <remarks>All head nodes hear a broadcast: that the others leave it to the client's own says nothing.</remarks>
    public void Dismissed(MacAddress client, DhcpDismissal reason)
    {
        if (reason != DhcpDismissal.OtherHeadAnswers) recorder.Note(client, FlightProtocol.Dhcp, FlightNotes.Dismissed(reason));
    }

    /// <summary>Malformed as it is, it may say whose it is: then that machine's operator wants to see it.</summary>
    public void Rejected(in Datagram datagram, InquiryRefusal refusal)
    {
        var octets = datagram.Payload;
        if (octets.Length < Chaddr + MacAddress.Size || octets[0] != 1 || octets[Htype] != 1) return;
        var client = MacAddress.Read(octets[Chaddr..]);
        if (client.IsMulticast) return;
        Heard(client, datagram);
        recorder.Note(client, FlightProtocol.Dhcp, Refusals[(int)refusal]);
    }
}
