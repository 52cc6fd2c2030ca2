using NetBootFabric.Boot.Dhcp;

namespace NetBootFabric.Boot.Clients;

/// <summary>What a client's REQUEST lacks by RFC 2131 table 5 and was understood from its exchange, for people.</summary>
internal static class RequestHabits
{
    /// <summary>Null: it only said less of itself than before.</summary>
    public static string? Remark(DhcpInquiry said, DhcpInquiry understood) => (said.ServerIdentifier == understood.ServerIdentifier, said.RequestedAddress == understood.RequestedAddress) switch
    {
        (false, _) when !said.ServerIdentifier.IsAny => "its REQUEST names two servers (option 54 twice); it was understood from its OFFER",
        (false, true) => "its REQUEST names no server (option 54, RFC 2131 table 5); it was understood from its OFFER",
        (true, false) when !said.RequestedAddress.IsAny => "its REQUEST names two addresses (option 50 twice); it was understood from its OFFER",
        (_, false) => "its REQUEST names no address (option 50, RFC 2131 table 5); it was understood from its OFFER",
        _ => null,
    };
}
