using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Catalog;

/// <summary>What a profile, a group or a subnet gives by hand: read once it is checked.</summary>
internal static class DhcpWords
{
    /// <summary>What is wrong goes to <paramref name="fault"/>, by field.</summary>
    public static void Check(string? bootFile, string? nextServer, IReadOnlyDictionary<string, string> options, Action<string, string, string> fault)
    {
        if (bootFile is not null && (bootFile.Length is 0 or > byte.MaxValue || !bootFile.All(c => c is > ' ' and < '\x7f')))
            fault("boot_file", $"'{bootFile}' is no name of a boot file", "write a name for TFTP or a URL: printable ASCII without blanks, at most 255 characters");
        if (nextServer is not null && !(Ipv4Address.TryParse(nextServer, out var address) && !address.IsAny))
            fault("next_server", $"'{nextServer}' is no IPv4 address", "write the address of the TFTP server, like 10.77.0.1");
        var codes = new HashSet<byte>();
        foreach (var (key, value) in options)
        {
            if (!OptionWords.TryRead(key, value, out var option, out var problem, out var remedy)) fault($"options/{key}", problem, remedy);
            else if (!codes.Add(option.Code)) fault($"options/{key}", $"option {option.Code} is here twice", "keep one of them");
        }
    }

    public static DhcpSettings Read(string? bootFile, string? nextServer, IReadOnlyDictionary<string, string> options)
    {
        if (bootFile is null && nextServer is null && options.Count == 0) return DhcpSettings.None;
        return new DhcpSettings
        {
            BootFile = bootFile,
            NextServer = nextServer is not null && Ipv4Address.TryParse(nextServer, out var address) ? address : null,
            Options = [.. options.Select(pair => OptionWords.TryRead(pair.Key, pair.Value, out var option, out _, out _) ? option : null).OfType<GivenOption>().DistinctBy(option => option.Code)],
        };
    }
}
