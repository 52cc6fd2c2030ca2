using NetBootFabric.Ndp;
using NetBootFabric.Node.Wiring;
using NetBootFabric.Sockets;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Doctor;

/// <summary>What firmware hears that asks for IPv6 routers: without an answer Debian's iPXE waits for 16 s at each boot.</summary>
/// <param name="answers">netbootd tells booting clients that there is none.</param>
internal sealed class Ipv6Routers(ServingInterface each, bool answers, TimeProvider time) : IDoctorCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public string Name => "IPv6 routers";

    public IEnumerable<Finding> Look() =>
        InterfaceTable.Find(each.Link.Name) is { IsUp: true, IsRunning: true, Mac: not 0 } link ? Judge(link.Name, RouterSearch.Look(link, Patience, time), answers) : [];

    public static IEnumerable<Finding> Judge(string device, IReadOnlyList<(MacAddress Router, ushort Lifetime)> routers, bool answers)
    {
        foreach (var (router, lifetime) in routers.Where(_ => answers))
            yield return Finding.Advice($"{device}: {router} is an IPv6 router here (for {lifetime} s): clients hear it and netbootd, which says that there is none", "write 'router_advertisements: false', unless the router is not meant for these clients");
        if (routers.Count == 0 && !answers) yield return Finding.Advice($"{device}: no IPv6 router answers: iPXE waits 16 s for one at each boot", "remove 'router_advertisements: false'");
        if (routers.Count > 0 && !answers) yield return Finding.Ok($"{device}: {string.Join(", ", routers.Select(each => each.Router))} answers");
        if (routers.Count == 0 && answers) yield return Finding.Ok($"{device}: none but netbootd, which spares clients the wait");
    }
}
