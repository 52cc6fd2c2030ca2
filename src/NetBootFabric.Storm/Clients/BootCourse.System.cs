using NetBootFabric.Storm.Dhcp;
using NetBootFabric.Storm.Http;

namespace NetBootFabric.Storm.Clients;

internal sealed partial class BootCourse
{
    /// <summary>The system is up: it asks for an address unless its command line has one, and calls what that names.</summary>
    private IEnumerable<Step> BootedSystem()
    {
        if (Word("ip=") is null or "dhcp" or "on" or "any") yield return Ask(DhcpManners.Udhcpc);
        if (!BootUrl.TryParse(Word("netboot.report=") ?? "", out var url)) yield break;
        station.Forget();
        foreach (var step in Fetch(url, new Wish { Http = HttpManner.Wget })) yield return step;
        station.Counters.Reports++;
    }

    /// <summary>The value of the last such word of the command line.</summary>
    private string? Word(string parameter) =>
        _commandLine.Split(' ').LastOrDefault(word => word.StartsWith(parameter, StringComparison.Ordinal))?[parameter.Length..];
}
