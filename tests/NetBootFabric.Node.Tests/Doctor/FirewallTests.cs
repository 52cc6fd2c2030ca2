using System.Diagnostics;
using NetBootFabric.Node.Doctor;
using NetBootFabric.Testing;

namespace NetBootFabric.Node.Tests.Doctor;

public sealed class FirewallTests : IDisposable
{
    private static readonly int[] Ports = [67, 69];
    private readonly NetworkNamespace _here = new();

    public void Dispose() => _here.Dispose();

    [Theory]
    [InlineData("", "")]
    [InlineData("policy accept", "udp dport { 67, 69 } drop", "drops UDP port 67", "drops UDP port 69")]
    [InlineData("policy accept", "udp dport 60-68 reject", "drops UDP port 67")]
    [InlineData("policy drop", "udp dport { 67, 69 } accept")]
    [InlineData("policy drop", "udp dport 67 accept", "no rule is seen that lets UDP port 69 pass")]
    public void The_rules_of_nft_are_read_as_they_are_in_force(string policy, string rule, params string[] seen)
    {
        Nft("add table inet filter");
        if (policy.Length > 0) Nft($"add chain inet filter input {{ type filter hook input priority 0; {policy}; }}");
        if (rule.Length > 0) Nft($"add rule inet filter input {rule}");
        var findings = _here.Run(() => new Firewall(Ports).Look().ToList());

        if (seen.Length == 0) Assert.Equal("ok", Assert.Single(findings).State);
        else Assert.Equal(seen.Length, findings.Zip(seen).Count(each => each.First.State == "advice" && each.First.Seen.Contains(each.Second, StringComparison.Ordinal)));
        Assert.Equal(Math.Max(1, seen.Length), findings.Count);
    }

    [Theory]
    [InlineData(":INPUT ACCEPT [0:0]\n-A INPUT -p udp -m udp --dport 67 -j DROP", "iptables drops UDP port 67")]
    [InlineData(":INPUT DROP [0:0]\n-A INPUT -p udp -m multiport --dports 67,4011 -j ACCEPT", "no rule is seen that lets UDP port 69 pass")]
    [InlineData(":INPUT DROP [0:0]\n-A INPUT -p udp -m udp --dport 67:69 -j ACCEPT", null)]
    [InlineData(":INPUT ACCEPT [0:0]\n-A INPUT -p tcp -m tcp --dport 67 -j DROP", null)]
    public void The_rules_of_iptables_are_read_as_it_saves_them(string saved, string? seen)
    {
        var findings = FirewallRules.OfIptables($"*filter\n{saved}\nCOMMIT\n", Ports).ToList();
        if (seen is null) Assert.Empty(findings);
        else Assert.Contains(seen, Assert.Single(findings).Seen, StringComparison.Ordinal);
    }

    private void Nft(string command)
    {
        var info = new ProcessStartInfo("ip") { RedirectStandardError = true };
        foreach (var argument in (string[])["netns", "exec", _here.Name, "nft", command]) info.ArgumentList.Add(argument);
        using var process = Process.Start(info)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
    }
}
