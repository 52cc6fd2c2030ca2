using System.Globalization;

namespace NetBootFabric.EndToEnd.Tests.Lab;

/// <summary>Everything that was said on a bridge apart from the payload, in a file; tshark, and not our own code, says what it was.</summary>
internal sealed class Capture : IDisposable
{
    private const string AllButPayload = "arp or port 67 or port 68 or port 4011 or port 69";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    private readonly RunningProgram _tcpdump;
    private readonly string _file;

    private Capture(RunningProgram tcpdump, string file)
    {
        _tcpdump = tcpdump;
        _file = file;
    }

    /// <param name="filter">What is taken; by default everything apart from the payload.</param>
    public static async Task<Capture> StartAsync(Bridge bridge, string folder, string name, string? filter = null)
    {
        var file = Path.Combine(folder, $"{name}.pcap");
        var tcpdump = new RunningProgram(bridge.Namespace, Path.Combine(folder, $"{name}.log"), "tcpdump",
            "-i", "br0", "-s", "2048", "-U", "--immediate-mode", "-Z", "root", "-w", file, filter ?? AllButPayload);
        await Until.TrueAsync(() => tcpdump.Log.Contains("listening on", StringComparison.Ordinal), StartLimit, () => tcpdump.Log);
        return new Capture(tcpdump, file);
    }

    /// <summary>The DHCP packets of one client and to it, oldest first.</summary>
    public async Task<IReadOnlyList<DhcpPacket>> DhcpAsync(string? mac = null)
    {
        var filter = mac is null ? "dhcp" : $"dhcp.hw.mac_addr == {mac}";
        var lines = await ReadAsync(filter, "frame.time_epoch", "dhcp.hw.mac_addr", "dhcp.id", "dhcp.option.dhcp", "dhcp.ip.your", "ip.src", "ip.dst");
        return [.. lines.Select(DhcpPacket.Parse)];
    }

    /// <summary>The files that went to one client by TFTP, when the capture has more than their requests.</summary>
    public async Task<IReadOnlyList<TftpTransfer>> TftpAsync(string mac) => TftpTransfer.Of(await ReadAsync($"tftp && eth.addr == {mac}", TftpTransfer.Fields));

    /// <summary>Who said by ARP, and when, that it has an address: seconds since 1970, and the hardware address.</summary>
    public async Task<IReadOnlyList<(double At, string Mac)>> AnnouncedAsync(string address) =>
        [.. (await ReadAsync($"arp.src.proto_ipv4 == {address}", "frame.time_epoch", "eth.src")).Select(fields => (double.Parse(fields[0], CultureInfo.InvariantCulture), fields[1]))];

    /// <summary>What tshark finds wrong with packets that <paramref name="server"/> sent; nothing when all is well.</summary>
    public async Task<IReadOnlyList<string>> ComplaintsAsync(string server) =>
        [.. (await ReadAsync($"ip.src == {server} && udp && (_ws.malformed || _ws.expert.severity >= \"Warning\")", "frame.number", "_ws.col.info", "_ws.expert.message"))
            .Select(fields => string.Join(' ', fields))];

    private async Task<IEnumerable<string[]>> ReadAsync(string filter, params string[] fields)
    {
        var output = await Tool.RunAsync("tshark", ["-n", "-r", _file, "-Y", filter, "-T", "fields", "-E", "occurrence=f", .. fields.SelectMany(field => (string[])["-e", field])]);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'));
    }

    public void Dispose() => _tcpdump.Dispose();
}

/// <param name="Type">DHCP message type, RFC 2132 §9.6: 1 DISCOVER, 2 OFFER, 3 REQUEST, 5 ACK, 6 NAK, 7 RELEASE.</param>
internal sealed record DhcpPacket(double At, string Mac, string TransactionId, int Type, string YourAddress, string Source, string Destination)
{
    public const int Discover = 1;
    public const int Request = 3;
    public const int Ack = 5;
    public const int Nak = 6;
    public const int Release = 7;

    public static DhcpPacket Parse(string[] fields) => new(
        double.Parse(fields[0], CultureInfo.InvariantCulture), fields[1], fields[2], int.Parse(fields[3], CultureInfo.InvariantCulture), fields[4], fields[5], fields[6]);

    /// <summary>Exchanges are counted by their transaction id: retransmissions belong to one.</summary>
    public static int Exchanges(IEnumerable<DhcpPacket> packets) => packets.Where(packet => packet.Type == Ack).Select(packet => packet.TransactionId).Distinct().Count();
}
