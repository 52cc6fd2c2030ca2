using System.Globalization;
using NetBootFabric.Storm.Dhcp;
using NetBootFabric.Storm.Http;
using NetBootFabric.Storm.Scripts;

namespace NetBootFabric.Storm.Clients;

internal sealed partial class BootCourse
{
    private const int DeepestChain = 64;

    private int _chained;

    /// <summary>iPXE with an address: takes the boot file, which is a script or another program.</summary>
    private IEnumerable<Step> Ipxe(Lease lease, DhcpManner manner)
    {
        station.Announce();
        if (BootUrl.OfBootFile(lease.BootFile, lease.BootServer) is not { } url)
        {
            yield return DeadEnd($"the client can't load '{lease.BootFile}'");
            yield break;
        }
        foreach (var step in Fetch(url, new Wish { Keep = true })) yield return step;
        foreach (var step in RunLoaded(url, lease, manner)) yield return step;
    }

    /// <summary>iPXE as second stage: the scriptlet of the ROM's lease, in place of an exchange of its own, or that exchange.</summary>
    private IEnumerable<Step> SecondIpxe(Lease lease)
    {
        // Debian's builds for UEFI pass the scriptlet over.
        if (lease.Scriptlet is not { } scriptlet || kind.IsUefi() || settings.WithoutShortcuts) return Autoboot(SecondManner(lease));
        station.Forget();
        return Script(scriptlet, default, lease, DhcpManners.Undionly);
    }

    private DhcpManner SecondManner(Lease lease) => kind.IsUefi() ? lease.BootFile.EndsWith("ipxe.efi", StringComparison.Ordinal) ? DhcpManners.IpxeEfi : DhcpManners.Snponly : DhcpManners.Undionly;

    private IEnumerable<Step> Autoboot(DhcpManner manner)
    {
        if (++_chained > DeepestChain)
        {
            yield return DeadEnd("one loader loads the next without end");
            yield break;
        }
        var dhcp = Ask(manner);
        yield return dhcp;
        foreach (var step in Ipxe(dhcp.Lease!, manner)) yield return step;
    }

    private IEnumerable<Step> RunLoaded(BootUrl url, Lease lease, DhcpManner manner)
    {
        var text = _download.Text;
        if (!IpxeScript.IsScript(text))
        {
            foreach (var step in Loader(url, lease)) yield return step;
            yield break;
        }
        if (++_chained > settings.MostScripts)
        {
            yield return DeadEnd("one script chains the next without end");
            yield break;
        }
        yield return new Passed { Reached = Milestone.Script };
        foreach (var step in Script(text, url, lease, manner)) yield return step;
    }

    private IEnumerable<Step> Script(string text, BootUrl from, Lease lease, DhcpManner manner)
    {
        var script = new IpxeScript(text, Settings(lease));
        var succeeded = true;
        while (!_booted)
        {
            var action = script.Next(succeeded);
            if (action.Verb is IpxeVerb.Exit or IpxeVerb.Fail) yield break;
            foreach (var step in Act(action, from, lease, manner)) yield return step;
            succeeded = action.Verb is IpxeVerb.Sleep or IpxeVerb.Boot || Fetched;
        }
    }

    private IEnumerable<Step> Act(IpxeAction action, BootUrl from, Lease lease, DhcpManner manner)
    {
        switch (action.Verb)
        {
            case IpxeVerb.Boot:
                _booted = true;
                return [];
            case IpxeVerb.Sleep:
                var sleeps = double.TryParse(action.Argument, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds);
                return [new Pause(TimeSpan.FromSeconds(sleeps ? Math.Min(seconds, 86_400) : 0))];
            case IpxeVerb.Autoboot:
                return Autoboot(manner);
            default:
                return from.Resolve(action.Argument) is { } url ? Load(action, url, lease, manner) : [DeadEnd($"the client can't load '{action.Argument}'")];
        }
    }

    private IEnumerable<Step> Load(IpxeAction action, BootUrl url, Lease lease, DhcpManner manner)
    {
        Milestone? reached = action.Verb switch { IpxeVerb.Kernel => Milestone.Kernel, IpxeVerb.Initrd => Milestone.Initrd, _ => null };
        foreach (var step in Fetch(url, new Wish { Keep = action.Verb == IpxeVerb.Chain, Reached = reached, MayFail = true })) yield return step;
        if (!Fetched) yield break;
        if (action.Verb == IpxeVerb.Kernel) _commandLine = action.Rest;
        if (action.Verb != IpxeVerb.Chain) yield break;
        foreach (var step in RunLoaded(url, lease, manner)) yield return step;
    }

    private IpxeSettings Settings(Lease lease) => new(new Dictionary<string, string>
    {
        ["mac"] = station.Mac.ToString(),
        ["ip"] = station.Address.ToString(),
        ["netmask"] = lease.Mask.ToString(),
        ["gateway"] = lease.Router.ToString(),
        ["next-server"] = lease.BootServer.ToString(),
        ["dhcp-server"] = lease.Server.ToString(),
        ["filename"] = lease.BootFile,
        ["platform"] = kind.IsUefi() ? "efi" : "pcbios",
        ["buildarch"] = kind.IsUefi() ? "x86_64" : "i386",
    });
}
