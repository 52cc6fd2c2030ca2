using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Dhcp;
using NetBootFabric.Node.Wiring;
using NetBootFabric.Sockets;

namespace NetBootFabric.Node.Doctor;

/// <summary>DHCP servers on one of the clients' networks that are not of this fabric: asked, and those that were heard without being asked.</summary>
internal sealed class ForeignDhcpServers(ServingInterface each, IRoomSource rooms, OtherDhcpServers heard, TimeProvider time) : IDoctorCheck
{
    /// <summary>Servers that make sure of an address by a ping before they offer it take a second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>What was heard before may have been stopped since.</summary>
    private static readonly TimeSpan Recently = TimeSpan.FromHours(1);

    public string Name => "DHCP servers";

    public IEnumerable<Finding> Look()
    {
        if (InterfaceTable.Find(each.Link.Name) is not { IsUp: true, IsRunning: true, Mac: not 0 } link) return [];
        var found = ServerSearcher.Look(link, Patience, time);
        var since = time.GetUtcNow() - Recently;
        var silent = heard.All.Where(server => server.Interface == link.Name && server.LastHeard > since && found.All(one => one.Identifier != server.Address)).ToList();
        return Judge(link.Name, found, silent, rooms.Current.Service == DhcpService.Proxy);
    }

    /// <param name="silent">Heard of within the hour, and without an answer now.</param>
    /// <param name="beside">The fabric gives no addresses: another server has to.</param>
    public static IEnumerable<Finding> Judge(string device, IReadOnlyList<FoundServer> found, IReadOnlyList<OtherDhcpServer> silent, bool beside)
    {
        foreach (var server in found.Where(server => server.IsProxy))
            yield return Finding.Broken($"{device}: {server.Identifier} ({server.Mac}) names boot files too (proxyDHCP): clients may load its loader", "stop it, or have it leave these clients alone");
        foreach (var server in found.Where(server => !server.IsProxy && !beside))
            yield return Finding.Broken($"{device}: another DHCP server, {server.Identifier} ({server.Mac}), offers {server.Offered}: clients that take it don't boot from here", "stop it there, or write 'proxy: true' and let it give the addresses");
        foreach (var server in silent.Where(_ => !beside))
            yield return Finding.Advice($"{device}: the DHCP server {server.Address} was heard {server.LastHeard:HH:mm:ss} UTC (last with {server.LastClient}), and does not answer now", "see that it is gone for good: it may know some clients only");
        var givers = found.Where(server => !server.IsProxy).ToList();
        if (beside && givers.Count == 0) yield return Finding.Broken($"{device}: no DHCP server answers, and 'proxy: true' leaves the addresses to one", "start it, or remove 'proxy: true'");
        if (beside && givers.Count > 0) yield return Finding.Ok($"{device}: {string.Join(", ", givers.Select(server => server.Identifier))} gives the addresses");
        if (found.Count == 0 && silent.Count == 0 && !beside) yield return Finding.Ok($"{device}: no other one answers");
    }
}
