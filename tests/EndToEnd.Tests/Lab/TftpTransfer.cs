using System.Globalization;

namespace NetBootFabric.EndToEnd.Tests.Lab;

/// <summary>One file on its way to one port of a client, as tshark reads it from a capture.</summary>
/// <param name="Requests">Read requests from that port.</param>
/// <param name="Blocks">Different blocks that were sent.</param>
/// <param name="Servers">Hardware addresses of those that sent blocks, in the order of their first.</param>
/// <param name="FirstOf">The first block that each of them sent.</param>
/// <param name="IsInOrder">No block was sent before the client had acknowledged the one before it.</param>
internal sealed record TftpTransfer(string File, int Requests, long Blocks, IReadOnlyList<string> Servers, IReadOnlyList<int> FirstOf, bool IsInOrder)
{
    /// <summary>PXELINUX' option blksize.</summary>
    public const int PxelinuxBlock = 1408;
    private const int ReadRequest = 1, Data = 3, Acknowledgement = 4;

    public static readonly string[] Fields = ["eth.src", "udp.srcport", "udp.dstport", "tftp.opcode", "tftp.source_file", "tftp.block"];

    public string Summary => string.Create(CultureInfo.InvariantCulture,
        $"{File}: {Requests} read request, {Blocks} blocks; {string.Join(", then ", Servers.Zip(FirstOf, (server, block) => $"{server} from block {block}"))}");

    /// <param name="lines">The <see cref="Fields"/> of each packet to and from one client.</param>
    public static IReadOnlyList<TftpTransfer> Of(IEnumerable<string[]> lines)
    {
        var packets = lines.Where(fields => fields[3].Length > 0).Select(Packet.Parse).ToList();
        return [.. packets.Where(packet => packet.Opcode == ReadRequest).GroupBy(packet => packet.From).Select(requests => Of(requests.ToList(), packets))];
    }

    private static TftpTransfer Of(List<Packet> requests, List<Packet> packets)
    {
        var port = requests[0].From;
        var data = packets.Where(packet => packet.Opcode == Data && packet.To == port).ToList();
        var servers = data.Select(packet => packet.Source).Distinct().ToList();
        return new TftpTransfer(requests[0].File, requests.Count, data.Select(packet => packet.Block).Distinct().Count(), servers,
            [.. servers.Select(server => data.First(packet => packet.Source == server).Block)], InOrder(port, packets));
    }

    /// <summary>With a window of one, whoever serves it.</summary>
    private static bool InOrder(int port, IEnumerable<Packet> packets)
    {
        var acknowledged = 0;
        foreach (var packet in packets)
        {
            if (packet.Opcode == Acknowledgement && packet.From == port) acknowledged = packet.Block;
            if (packet.Opcode == Data && packet.To == port && packet.Block > acknowledged + 1) return false;
        }

        return true;
    }

    private readonly record struct Packet(string Source, int From, int To, int Opcode, string File, int Block)
    {
        public static Packet Parse(string[] fields) => new(fields[0], Number(fields[1]), Number(fields[2]), Number(fields[3]), fields[4], fields[5].Length == 0 ? 0 : Number(fields[5]));

        private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
    }
}
