using NetBootFabric.Boot.Content;

namespace NetBootFabric.Boot.Clients.Why;

/// <summary>How fast a boot's kernel and initrds came.</summary>
public static class DownloadRate
{
    /// <summary>Less says more of the handshake than of the link.</summary>
    private const long Telling = 512 * 1024;

    /// <summary>Octets a second from the kernel's request to the last octet that was seen of kernel and initrds; 0: too few to tell.</summary>
    public static double Of(BootRecord boot)
    {
        var began = boot.Phases.LastOrDefault(entry => entry.Phase == BootPhase.Kernel).At;
        var payload = boot.Downloads.Where(download => download.Role is ContentRole.Kernel or ContentRole.Initrd or ContentRole.KernelAndInitrd && download.At >= began).ToList();
        var bytes = payload.Sum(download => download.Bytes);
        if (began == default || bytes < Telling) return 0;
        var time = payload.Max(download => download.At) - began;
        return bytes / Math.Max(time.TotalSeconds, 0.001);
    }
}
