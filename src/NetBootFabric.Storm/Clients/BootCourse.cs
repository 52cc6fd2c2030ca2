using NetBootFabric.Storm.Dhcp;
using NetBootFabric.Storm.Network;

namespace NetBootFabric.Storm.Clients;

/// <summary>What a client does from power-on to booted, step by step; each step's outcome stands in the step when the course is asked for the next.</summary>
internal sealed class BootCourse(ClientKind kind, Station station, CourseSettings settings)
{
    public IEnumerable<Step> Run()
    {
        var dhcp = Ask(FirmwareOf(kind));
        yield return dhcp;
    }

    private DhcpDialogue Ask(DhcpManner manner) =>
        new(station, settings.Eager ? manner with { Policy = OfferPolicy.AtOnce } : manner);

    private static DhcpManner FirmwareOf(ClientKind kind) => kind switch
    {
        ClientKind.IpxeHttp => DhcpManners.IpxeRom,
        ClientKind.UefiHttp => DhcpManners.UefiHttp,
        ClientKind.DhcpOnly => DhcpManners.LeaseOnly,
        _ => DhcpManners.BiosPxe,
    };
}
