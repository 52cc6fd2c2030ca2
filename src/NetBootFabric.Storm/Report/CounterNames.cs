using NetBootFabric.Storm.Room;

namespace NetBootFabric.Storm.Report;

/// <summary>The room's counters by their names in the reports.</summary>
internal static class CounterNames
{
    public static IReadOnlyDictionary<string, long> Read(ClientRoom room, long refused, long dropped)
    {
        var counted = room.Counters;
        return new Dictionary<string, long>
        {
            ["framesSent"] = room.Outbox.Frames,
            ["octetsSent"] = room.Outbox.Octets,
            ["packetsReceived"] = counted.PacketsIn,
            ["octetsReceived"] = counted.OctetsIn,
            ["framesNotSent"] = refused,
            ["framesMissed"] = dropped,
            ["dhcpDiscovers"] = counted.DhcpDiscovers,
            ["dhcpOffers"] = counted.DhcpOffers,
            ["dhcpUnusableOffers"] = counted.DhcpUnusableOffers,
            ["dhcpRequests"] = counted.DhcpRequests,
            ["dhcpAnswers"] = counted.DhcpAnswers,
            ["dhcpExchanges"] = counted.DhcpExchanges,
            ["dhcpRetries"] = counted.DhcpRetries,
            ["arpRequests"] = counted.ArpRequests,
            ["arpRetries"] = counted.ArpRetries,
            ["arpAnswers"] = counted.ArpAnswers,
            ["tftpRequests"] = counted.TftpRequests,
            ["tftpBlocks"] = counted.TftpBlocks,
            ["tftpRetries"] = counted.TftpRetries,
            ["httpConnections"] = counted.HttpConnections,
            ["httpRequests"] = counted.HttpRequests,
            ["tcpRetries"] = counted.TcpRetries,
            ["tcpOutOfOrder"] = counted.TcpOutOfOrder,
            ["files"] = counted.Files,
            ["bytes"] = counted.Bytes,
            ["verifiedBytes"] = counted.VerifiedBytes,
            ["reports"] = counted.Reports,
        };
    }
}
