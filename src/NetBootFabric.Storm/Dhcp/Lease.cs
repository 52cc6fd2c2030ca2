using System.Text;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Storm.Dhcp;

/// <summary>What an answer gives the client.</summary>
internal sealed record Lease
{
    public required Ipv4Address Address { get; init; }
    public required Ipv4Address Mask { get; init; }
    public required Ipv4Address Router { get; init; }
    /// <summary>Option 54.</summary>
    public required Ipv4Address Server { get; init; }
    /// <summary>siaddr, or option 66 when that is an address, or the DHCP server.</summary>
    public required Ipv4Address BootServer { get; init; }
    /// <summary>A name for TFTP or a URL; empty when there is none.</summary>
    public required string BootFile { get; init; }
    /// <summary>175.176.</summary>
    public bool NoProxy { get; init; }
    /// <summary>175.81.</summary>
    public string? Scriptlet { get; init; }
    /// <summary>Option 209.</summary>
    public string? ConfigFile { get; init; }
    /// <summary>Option 210.</summary>
    public string? PathPrefix { get; init; }

    public static Lease Read(scoped in DhcpPacket reply)
    {
        var mask = reply.TryGet(DhcpOptions.SubnetMask, out var found) ? found : new Ipv4Address(0xFFFF_FF00);
        var server = reply.TryGet(DhcpOptions.ServerIdentifier, out var identifier) ? identifier : reply.Siaddr;
        var ipxe = reply.TryGet(DhcpOptions.Ipxe, out var encapsulated);
        return new Lease
        {
            Address = reply.Yiaddr,
            Mask = mask,
            Router = reply.TryGetOctets(DhcpOptions.Routers.Code, out var routers) && routers.Length >= Ipv4Address.Size ? Ipv4Address.Read(routers) : default,
            Server = server,
            BootServer = BootServerOf(reply, server),
            BootFile = Text(reply, DhcpOptions.BootFileName.Code) ?? Encoding.UTF8.GetString(reply.File),
            NoProxy = ipxe && encapsulated.TryGet(IpxeOptions.NoPxeDhcp, out var no) && no == 1,
            Scriptlet = ipxe && encapsulated.TryGet(IpxeOptions.Scriptlet, out var script) ? Encoding.UTF8.GetString(script) : null,
            ConfigFile = Text(reply, DhcpOptions.PxelinuxConfigFile.Code),
            PathPrefix = Text(reply, DhcpOptions.PxelinuxPathPrefix.Code),
        };
    }

    /// <summary>Without reading all of it: many offers are heard and few taken.</summary>
    public static bool HasBootFile(scoped in DhcpPacket reply) => !reply.File.IsEmpty || reply.Contains(DhcpOptions.BootFileName.Code);

    private static Ipv4Address BootServerOf(scoped in DhcpPacket reply, Ipv4Address server)
    {
        if (!reply.Siaddr.IsAny) return reply.Siaddr;
        return Ipv4Address.TryParse(Text(reply, DhcpOptions.TftpServerName.Code), out var named) ? named : server;
    }

    // Some servers end their texts with a NUL.
    private static string? Text(scoped in DhcpPacket reply, byte code) =>
        reply.TryGetOctets(code, out var octets) && octets.TrimEnd((byte)0) is { IsEmpty: false } text ? Encoding.UTF8.GetString(text) : null;
}
