using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Dhcp;

/// <summary>A DHCP server on the clients' network that is none of the fabric's.</summary>
/// <param name="Address">Its server identifier (option 54).</param>
/// <param name="Mac">Of its frames; null while only clients named it.</param>
/// <param name="Answers">OFFERs, ACKs and NAKs heard of it: broadcasts, and what a switch floods.</param>
/// <param name="Chosen">REQUESTs heard in which a client chose it.</param>
public sealed record OtherDhcpServer(Ipv4Address Address, string Interface, MacAddress? Mac, DateTimeOffset FirstHeard, DateTimeOffset LastHeard, int Answers, int Chosen, MacAddress LastClient);

/// <summary>What another DHCP server did with one client, as heard last.</summary>
/// <param name="Server">Its server identifier.</param>
/// <param name="Type">OFFER, ACK or NAK that it sent; REQUEST: the client chose it.</param>
/// <param name="Offered">The address in question; 0.0.0.0: none was said.</param>
public sealed record OtherDhcpAnswer(Ipv4Address Server, DhcpMessageType Type, Ipv4Address Offered, string Interface, DateTimeOffset At);
