using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Rooms;

namespace NetBootFabric.Boot.Loaders;

/// <summary>A boot file and a next server that the operator wrote himself, in place of what would be chosen.</summary>
internal static class HandWritten
{
    /// <remarks>iPXE runs the profile's script: a boot file for firmware would be loaded by iPXE again and again. A profile without a kernel has no script.</remarks>
    public static LoaderChoice? Over(LoaderChoice? chosen, DhcpInquiry inquiry, in LoaderGrounds grounds)
    {
        var settings = grounds.Settings;
        if (settings.IsEmpty || grounds.Intent is BootIntent.Local or BootIntent.Hold) return chosen;
        if (settings.BootFile is { } file && !(inquiry.IsIpxe && grounds.Profile is { Kernel.Length: > 0 }))
        {
            return new LoaderChoice
            {
                BootFile = file,
                NextServer = settings.NextServer ?? grounds.Server.Address,
                Options = chosen?.Loader is null && chosen is not null ? chosen.Options : inquiry is { IsHttpClient: true, IsIpxe: false } ? [LoaderOptions.HttpClient] : [],
            };
        }
        return settings.NextServer is { } next && chosen is { NextServer.IsAny: false } ? chosen with { NextServer = next } : chosen;
    }
}
