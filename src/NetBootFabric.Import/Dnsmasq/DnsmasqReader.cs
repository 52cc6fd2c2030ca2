using NetBootFabric.Import.Values;

namespace NetBootFabric.Import.Dnsmasq;

/// <summary>
/// dnsmasq(8): a configuration, what stands in its files of hosts (the same without <c>dhcp-host=</c>), options as on a command line, and the lines of /etc/ethers and /etc/hosts, in any order.
/// </summary>
/// <param name="options">False: ethers and hosts lines only.</param>
internal sealed class DnsmasqReader(Draft draft, bool options)
{
    private readonly Dictionary<string, string> _addresses = new(StringComparer.OrdinalIgnoreCase);
    private readonly HostEntry _host = new(draft);

    public void Read(string text)
    {
        var number = 0;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            number++;
            var line = ConfigurationLine.Clean(raw.ToString());
            if (line.Length > 0) Line(number, line);
        }
        draft.Resolve(_addresses.GetValueOrDefault);
    }

    private void Line(int number, string line)
    {
        var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (AddressText.IsIpv4(words[0]) && words.Length > 1) HostsLine(words);
        else if (AddressText.IsIpv6(words[0]) && words.Length > 1 && MacText.Parse(words[0]) is null) return; // names of IPv6 addresses: the fabric has no use for them
        else if (words.Length == 2 && MacText.Parse(words[0]) is not null && !line.Contains(',', StringComparison.Ordinal)) EthersLine(number, words);
        else if (!options) draft.Broken(number, line, "is neither 'MAC name' nor 'MAC address' nor a line of /etc/hosts");
        else if (line.StartsWith('-') || words[0].EndsWith("dnsmasq", StringComparison.Ordinal)) CommandLine(number, words);
        else Setting(number, line);
    }

    private void HostsLine(string[] words)
    {
        if (words[0].StartsWith("127.", StringComparison.Ordinal)) return; // the host's own
        foreach (var name in words[1..]) _addresses.TryAdd(name, words[0]);
    }

    private void EthersLine(int number, string[] words)
    {
        var isAddress = AddressText.IsIpv4(words[1]);
        draft.Add(number, new() { Mac = words[0], Ip = isAddress ? words[1] : null, Name = isAddress ? null : words[1] });
    }

    /// <summary><c>dnsmasq --dhcp-host=… -G …</c>: a wrapper's script or a unit's ExecStart.</summary>
    private void CommandLine(int number, string[] words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i] == "-G" && i + 1 < words.Length) _host.Read(number, words[++i]);
            else if (words[i].StartsWith("-G", StringComparison.Ordinal)) _host.Read(number, words[i][2..]);
            else if (words[i] == "--dhcp-host" && i + 1 < words.Length) _host.Read(number, words[++i]);
            else if (words[i].StartsWith("--", StringComparison.Ordinal)) Setting(number, words[i][2..]);
            else if (words[i].StartsWith('-')) draft.NotCarried(number, words[i], "only -G, --dhcp-host and options by their long names are read");
        }
    }

    private void Setting(int number, string line)
    {
        var equals = line.IndexOf('=', StringComparison.Ordinal);
        var keyword = (equals < 0 ? line : line[..equals]).Trim();
        if (keyword == "dhcp-host" && equals >= 0) _host.Read(number, line[(equals + 1)..]);
        else if (KnownOptions.Why(keyword) is { } why) draft.NotCarried(number, line, why);
        else if (KnownOptions.ConcernsNoClient(keyword)) return;
        else if (IsHostsFileLine(keyword)) _host.Read(number, line);
        else draft.Broken(number, line, "is neither an option of dnsmasq nor a line of one of its files of hosts");
    }

    /// <summary>As it is in a dhcp-hostsfile: parts with commas between, the first of which says who.</summary>
    private static bool IsHostsFileLine(string text) => text.Contains(',', StringComparison.Ordinal);
}
