using NetBootFabric.Storm.Dhcp;
using NetBootFabric.Storm.Http;
using NetBootFabric.Storm.Scripts;
using NetBootFabric.Storm.Tftp;

namespace NetBootFabric.Storm.Clients;

internal sealed partial class BootCourse
{
    private static readonly Wish OfPxelinux = new() { Tftp = TftpManner.Pxelinux, Http = HttpManner.Lpxelinux };

    /// <summary>PXELINUX and lpxelinux: their module, the first configuration that is there, kernel and initrds.</summary>
    private IEnumerable<Step> Pxelinux(BootUrl loaded, Lease lease)
    {
        // Option 210 goes before every name, and is a URL for lpxelinux, which has a stack of its own.
        var root = lease.PathPrefix is { } prefix ? loaded.Resolve(prefix) : loaded;
        if (root is { IsHttp: true })
        {
            station.Forget();
            station.Announce();
        }
        foreach (var step in Part(root, "ldlinux.c32", Milestone.Loader)) yield return step;
        foreach (var name in Configurations(lease))
        {
            if (Locate(root, name) is not { } url) continue;
            foreach (var step in Fetch(url, OfPxelinux with { Keep = true, MayFail = true, Reached = Milestone.Script })) yield return step;
            if (Fetched || !IsMissing) break;
        }
        if (Fetched) foreach (var step in Payload(root, PxelinuxConfig.Parse(_download.Text), lease)) yield return step;
    }

    /// <summary>PXELINUX goes on to the next name when the server says that a file is not there; silence ends it.</summary>
    private bool IsMissing => _fetch.Failure.Step is FailureStep.TftpError or FailureStep.HttpError;

    private IEnumerable<string> Configurations(Lease lease)
    {
        var names = PxelinuxConfig.Names(station.Mac.Format('-'), station.Address.Value);
        return lease.ConfigFile is { } named ? names.Prepend(named) : names;
    }

    private IEnumerable<Step> Payload(BootUrl? root, PxelinuxConfig config, Lease lease)
    {
        if (config.Kernel is null)
        {
            yield return DeadEnd("the configuration names no kernel");
            yield break;
        }
        foreach (var step in Part(root, config.Kernel, Milestone.Kernel)) yield return step;
        foreach (var initrd in config.Initrds)
            foreach (var step in Part(root, initrd, Milestone.Initrd)) yield return step;
        _commandLine = config.AppendsAddress ? $"{config.Append} ip={station.Address}:{lease.BootServer}:{lease.Router}:{lease.Mask}" : config.Append;
        _booted = true;
    }

    private IEnumerable<Step> Part(BootUrl? root, string name, Milestone milestone) =>
        Locate(root, name) is { } url ? Fetch(url, OfPxelinux with { Reached = milestone }) : [DeadEnd($"the client can't load '{name}'")];

    /// <summary>A leading slash does not make a name absolute over TFTP.</summary>
    private static BootUrl? Locate(BootUrl? root, string name) =>
        root is { IsHttp: false } ? root.Value.Resolve(name.TrimStart('/')) : root?.Resolve(name);
}
