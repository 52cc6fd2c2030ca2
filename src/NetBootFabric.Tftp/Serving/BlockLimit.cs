using NetBootFabric.Sockets;
using NetBootFabric.Tftp.Transfers;

namespace NetBootFabric.Tftp.Serving;

/// <summary>
/// The largest block that goes to a client in one packet. A larger one would leave in fragments: all lost with one of them, not let
/// through by many tunnels
/// and overlays, and more than some firmware can put together.
/// </summary>
/// <param name="most">The operator's.</param>
internal sealed class BlockLimit(int most)
{
    /// <summary>20 IPv4, 8 UDP, 4 TFTP.</summary>
    private const int Headers = 32;

    /// <param name="asked">By the client.</param>
    /// <param name="request">Says where the answer goes, and by which interface.</param>
    public int For(int asked, in Datagram request)
    {
        var limit = Math.Min(asked, most);
        return PathMtu.To(request.Source.Address, request.Local.InterfaceIndex) is { } mtu
            ? Math.Clamp(mtu - Headers, TransferTerms.MinBlockSize, limit) : limit;
    }
}
