using System.Text.RegularExpressions;

namespace NetBootFabric.Node.Doctor;

/// <summary>Reads the rules of nft and iptables for what keeps clients' packets from netbootd. A hint, not a proof: rules can do more than is looked at here. Pure.</summary>
internal static partial class FirewallRules
{
    /// <param name="ruleset">As 'nft list ruleset' prints it.</param>
    /// <param name="ports">UDP ports that clients send to.</param>
    public static IEnumerable<Finding> OfNft(string ruleset, IReadOnlyList<int> ports)
    {
        foreach (Match chain in InputChain().Matches(ruleset))
        {
            var (rules, drops) = (chain.Groups["rules"].Value, chain.Groups["policy"].Value == "drop");
            foreach (var finding in Judge("nft", rules.Split('\n', StringSplitOptions.TrimEntries), drops, ports, NftRule())) yield return finding;
        }
    }

    /// <param name="saved">As 'iptables-save' prints it.</param>
    public static IEnumerable<Finding> OfIptables(string saved, IReadOnlyList<int> ports)
    {
        var rules = saved.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.StartsWith("-A INPUT", StringComparison.Ordinal));
        return Judge("iptables", rules, saved.Contains(":INPUT DROP", StringComparison.Ordinal), ports, IptablesRule());
    }

    private static IEnumerable<Finding> Judge(string tool, IEnumerable<string> rules, bool drops, IReadOnlyList<int> ports, Regex shape)
    {
        var named = rules.Select(rule => (Text: rule, Match: shape.Match(rule))).Where(rule => rule.Match.Success).ToList();
        foreach (var port in ports)
        {
            var first = named.FirstOrDefault(rule => Names(rule.Match.Groups["ports"].Value, port));
            if (first.Match is null)
            {
                if (drops) yield return Finding.Advice($"{tool} drops what comes in by default, and no rule is seen that lets UDP port {port} pass", $"let it pass: {Allow(tool, port)}");
            }
            else if (first.Match.Groups["verdict"].Value.ToLowerInvariant() is "drop" or "reject")
            {
                yield return Finding.Advice($"{tool} drops UDP port {port}: {first.Text}", $"remove that rule, or before it: {Allow(tool, port)}");
            }
        }
    }

    private static bool Names(string ports, int port) =>
        ports.Split([',', ' ', '{', '}'], StringSplitOptions.RemoveEmptyEntries).Any(part => part.Split('-', ':') switch
        {
            [var one] => Number(one) == port,
            [var low, var high] => Number(low) <= port && port <= Number(high),
            _ => false,
        });

    /// <summary>Names that nft and iptables print for numbers.</summary>
    private static int Number(string port) => port switch { "bootps" => 67, "tftp" => 69, _ => int.TryParse(port, out var number) ? number : -1 };

    private static string Allow(string tool, int port) => tool == "nft" ? $"nft insert rule inet filter input udp dport {port} accept" : $"iptables -I INPUT -p udp --dport {port} -j ACCEPT";

    [GeneratedRegex(@"type filter hook input[^;]*;\s*(policy (?<policy>\w+);)?(?<rules>([^{}]|\{[^{}]*\})*)\}")]
    private static partial Regex InputChain();

    [GeneratedRegex(@"udp dport (?<ports>\{[^}]*\}|\S+).*\b(?<verdict>accept|drop|reject)\b")]
    private static partial Regex NftRule();

    [GeneratedRegex(@"-p udp .*--dports? (?<ports>\S+).*-j (?<verdict>ACCEPT|DROP|REJECT)")]
    private static partial Regex IptablesRule();
}
