using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Loaders;

/// <summary>
/// Sends a client on to its own disk. Silence would do it as well, after a minute of DISCOVERs; so each kind of client is told in its own words.
/// </summary>
internal static class LocalDisk
{
    /// <summary>
    /// A boot menu of one entry, which is taken after no wait. Its type 0 means: leave PXE and boot from the next device (PXE 2.1, option 43 tag 9).
    /// Discovery control 3: no broadcast and no multicast, nobody is to be looked for.
    /// </summary>
    private static readonly DhcpOptionValue Menu = new(DhcpOptions.VendorSpecific.Code, (byte[])
    [
        PxeOptions.DiscoveryControl.Code, 1, 3,
        PxeOptions.BootMenu.Code, 13, 0, 0, 10, .. "Local disk"u8,
        PxeOptions.MenuPrompt.Code, 11, 0, .. "Local disk"u8,
        255,
    ]);

    public static LoaderChoice Choose(DhcpInquiry inquiry, BootServer server) => inquiry switch
    {
        // Its script says exit.
        { IsIpxe: true } => new() { BootFile = server.Url(BootPaths.IpxeScript(inquiry.Client)), NextServer = server.Address, Options = [LoaderOptions.NoProxyWait] },
        // Without a URL HTTP boot asks on until it times out. One that is not found ends it at once.
        { IsHttpClient: true } => new() { BootFile = server.Url(BootPaths.LocalDisk(inquiry.Client)), NextServer = server.Address, Options = [LoaderOptions.HttpClient] },
        _ => new() { Options = [LoaderOptions.PxeClient, Menu] },
    };
}
