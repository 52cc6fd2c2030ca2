using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Loaders;

/// <summary>The options that go with a boot file. Firmware asks for none of 175, 209 and 210: they go unasked.</summary>
internal static class LoaderOptions
{
    /// <summary>iPXE otherwise waits three seconds for a proxyDHCP server.</summary>
    public static readonly DhcpOptionValue NoProxyWait = new(DhcpOptions.Ipxe.Code, NoPxeDhcp());

    /// <summary>UEFI HTTP boot sends no REQUEST for an OFFER without it.</summary>
    public static readonly DhcpOptionValue HttpClient = Text(DhcpOptions.VendorClass.Code, "HTTPClient");

    public static readonly DhcpOptionValue PxeClient = Text(DhcpOptions.VendorClass.Code, "PXEClient");

    public static ImmutableArray<DhcpOptionValue> For(LoaderKind kind, DhcpInquiry inquiry, Profile profile, BootServer server) => kind switch
    {
        _ when inquiry is { IsHttpClient: true, IsIpxe: false } => [HttpClient],
        LoaderKind.Undionly => [Scriptlet(inquiry, server)],
        LoaderKind.Pxelinux or LoaderKind.Lpxelinux => ForPxelinux(kind, inquiry, profile, server),
        _ when inquiry.IsIpxe => [NoProxyWait],
        _ => [],
    };

    /// <summary>
    /// undionly finds the ROM's DHCPACK and runs this in place of its own DHCP. <c>ifopen</c>, since iPXE of 2019 does not open the interface for chain;
    /// <c>autoboot</c> is the way back to an exchange of its own.
    /// </summary>
    private static DhcpOptionValue Scriptlet(DhcpInquiry inquiry, BootServer server)
    {
        ReadOnlySpan<byte> before = inquiry.IsIpxe ? [IpxeOptions.NoPxeDhcp.Code, 1, 1, IpxeOptions.Scriptlet.Code] : [IpxeOptions.Scriptlet.Code];
        Span<byte> option = stackalloc byte[before.Length + 1 + byte.MaxValue];
        before.CopyTo(option);
        Utf8.TryWrite(option[(before.Length + 1)..], CultureInfo.InvariantCulture, $"ifopen && chain {server.Url(BootPaths.IpxeScript(inquiry.Client))} || autoboot", out var length);
        option[before.Length] = (byte)length;
        return new(DhcpOptions.Ipxe.Code, option[..(before.Length + 1 + length)].ToArray());
    }

    /// <summary>Names the client's configuration, so that PXELINUX asks once; the prefix makes lpxelinux load by HTTP.</summary>
    private static ImmutableArray<DhcpOptionValue> ForPxelinux(LoaderKind kind, DhcpInquiry inquiry, Profile profile, BootServer server)
    {
        var configuration = Text(DhcpOptions.PxelinuxConfigFile.Code, BootPaths.PxelinuxConfig(inquiry.Client));
        ImmutableArray<DhcpOptionValue> options = inquiry.IsIpxe ? [NoProxyWait, configuration] : [configuration];
        var byHttp = kind == LoaderKind.Lpxelinux && profile.Transport == Transport.Http;
        return byHttp ? options.Add(Text(DhcpOptions.PxelinuxPathPrefix.Code, server.Url(""))) : options;
    }

    private static byte[] NoPxeDhcp() => [IpxeOptions.NoPxeDhcp.Code, 1, 1];

    private static DhcpOptionValue Text(byte code, string text) => new(code, Encoding.ASCII.GetBytes(text));
}
