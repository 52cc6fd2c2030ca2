using NetBootFabric.Testing;

namespace NetBootFabric.EndToEnd.Tests.Lab.Heads;

/// <summary>One of several head nodes, on a host of its own: eth1 to the clients, back to the database and the other head nodes. Can be killed, paused and cut off.</summary>
internal sealed class ClusterHead : IDisposable
{
    private const int SignalContinue = 18;
    private const int SignalStop = 19;

    // Nobody's: what is sent there is lost without a word, as behind a broken switch.
    private const string NoMac = "02:00:00:00:00:99";

    private ClusterHead(int number, NetworkNamespace host, HeadNode node) => (Number, Host, Node) = (number, host, node);

    public int Number { get; }
    public NetworkNamespace Host { get; }
    public HeadNode Node { get; }
    public string Name => $"head{Number}";
    public string ServiceAddress => ServiceAddressOf(Number);
    public string BackAddress => $"10.0.0.{Number}";

    /// <summary>Hardware address of its card in the clients' network.</summary>
    public string Mac => MacOf(Number);

    public static string ServiceAddressOf(int number) => $"10.77.0.1{number}";

    public static string MacOf(int number) => $"02:00:00:00:ff:0{number}";

    public static async Task<ClusterHead> PlugAsync(int number, Bridge clients, Bridge back, string folder, ClusterConfiguration configuration)
    {
        var host = new NetworkNamespace();
        await clients.PlugAsync(host, "eth1", MacOf(number), $"10.77.0.{number}/16");
        await back.PlugAsync(host, "back", $"02:00:00:01:00:0{number}", $"10.0.0.{number}/24");
        return new ClusterHead(number, host, new HeadNode(host, Directory.CreateDirectory(Path.Combine(folder, $"head{number}")).FullName, configuration.Render(number)));
    }

    public void Kill9() => Node.Kill();

    /// <summary>SIGSTOP: as a long pause of its machine.</summary>
    public void Pause() => Node.Signal(SignalStop);

    public void Continue() => Node.Signal(SignalContinue);

    /// <summary>Nothing reaches the database, and nothing comes from it, until <see cref="MendDatabase"/>.</summary>
    public void CutFromDatabase(PostgresServer database) => Cut(Host, BackAddress, database.Host, PostgresServer.Address);

    public void MendDatabase(PostgresServer database) => Mend(Host, BackAddress, database.Host, PostgresServer.Address);

    public void CutFromPeers(IEnumerable<ClusterHead> heads)
    {
        foreach (var peer in heads.Where(head => head != this)) Cut(Host, BackAddress, peer.Host, peer.BackAddress);
    }

    public void MendPeers(IEnumerable<ClusterHead> heads)
    {
        foreach (var peer in heads.Where(head => head != this)) Mend(Host, BackAddress, peer.Host, peer.BackAddress);
    }

    public void Dispose()
    {
        // A stopped process does not take part in anything, its own end by SIGKILL apart.
        Node.Dispose();
        Host.Dispose();
    }

    private static void Cut(NetworkNamespace one, string oneAddress, NetworkNamespace other, string otherAddress)
    {
        one.Here($"neigh replace {otherAddress} lladdr {NoMac} nud permanent dev back");
        other.Here($"neigh replace {oneAddress} lladdr {NoMac} nud permanent dev back");
    }

    private static void Mend(NetworkNamespace one, string oneAddress, NetworkNamespace other, string otherAddress)
    {
        one.Here($"neigh del {otherAddress} dev back");
        other.Here($"neigh del {oneAddress} dev back");
    }
}
