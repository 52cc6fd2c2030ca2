namespace NetBootFabric.Storm.Room;

/// <summary>What the whole room counted. One thread writes; another may read a figure that is a moment old.</summary>
internal sealed class StormCounters
{
    /// <summary>As they were on the wire: segments that were joined on the way count each.</summary>
    public long PacketsIn;
    public long OctetsIn;
    public long DhcpDiscovers;
    public long DhcpRequests;
    public long DhcpOffers;
    /// <summary>OFFERs, ACKs and NAKs to a dialogue that was going on.</summary>
    public long DhcpAnswers;
    /// <summary>Complete exchanges: an ACK was taken.</summary>
    public long DhcpExchanges;
    /// <summary>DISCOVERs and REQUESTs that were sent again.</summary>
    public long DhcpRetries;
    public long DhcpUnusableOffers;
    public long ArpRequests;
    public long ArpRetries;
    public long ArpAnswers;
    public long TftpRequests;
    public long TftpRetries;
    public long TftpBlocks;
    public long HttpConnections;
    public long HttpRequests;
    public long TcpRetries;
    public long TcpOutOfOrder;
    public long Files;
    public long Bytes;
    public long VerifiedBytes;
    public long Reports;
}
