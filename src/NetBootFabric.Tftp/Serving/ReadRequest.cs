using System.Text;
using NetBootFabric.Sockets;
using NetBootFabric.Tftp.Transfers;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Tftp.Serving;

/// <summary>A read request, taken out of its packet.</summary>
/// <param name="Local">Our address that the client asked, where the answer leaves from.</param>
/// <param name="Terms">What the client asked for; the window is cut to size when the transfer is admitted.</param>
/// <param name="ArrivedAt">When the kernel took it (<see cref="Datagram.ArrivedAt"/>).</param>
internal sealed record ReadRequest(UdpEndpoint Peer, LocalAddress Local, string Path, TransferTerms Terms, long ArrivedAt)
{
    /// <summary>Whose address the peer's is; the default value when nobody is known to have it.</summary>
    public MacAddress Client { get; init; }

    public Ipv4Address PeerAddress => new(Peer.Address);

    public static ReadRequest From(in Datagram datagram, TftpPacket packet, BlockLimit limit) =>
        new(datagram.Source, datagram.Local, Normalise(packet.FileName), Agree(packet.Options, datagram, limit), datagram.ArrivedAt);

    private static TransferTerms Agree(TftpOptionList asked, in Datagram datagram, BlockLimit limit) =>
        Negotiation.Agree(asked, ushort.MaxValue, asked.TryGetBlockSize(out var block) ? limit.For(block, datagram)
            : TransferTerms.DefaultBlockSize);

    /// <summary>Some firmware writes backslashes, most loaders an absolute path: both mean a file under the one root.</summary>
    private static string Normalise(ReadOnlySpan<byte> name) => Encoding.UTF8.GetString(name).Replace('\\', '/').TrimStart('/');
}
