using System.ComponentModel;
using System.Diagnostics;

namespace NetBootFabric.Node.Doctor;

/// <summary>Rules of the host's firewall that may keep clients out, as far as its tools are there and tell.</summary>
internal sealed class Firewall(IReadOnlyList<int> ports) : IDoctorCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public string Name => "firewall";

    public IEnumerable<Finding> Look()
    {
        var (nft, iptables) = (Run("nft", "list", "ruleset"), Run("iptables-save"));
        if (nft is null && iptables is null) return [Finding.Ok("neither nft nor iptables-save tells its rules here")];
        List<Finding> found = [.. FirewallRules.OfNft(nft ?? "", ports)];
        // iptables is a front end of nft nowadays: its rules may stand in both.
        if (found.Count == 0) found.AddRange(FirewallRules.OfIptables(iptables ?? "", ports));
        return found.Count > 0 ? found : [Finding.Ok($"no rule seen that drops UDP {string.Join(", ", ports)}")];
    }

    /// <summary>Null: it is not there, or may not look.</summary>
    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(Patience)) process.Kill();
            _ = errors;
            return process.ExitCode == 0 ? output.GetAwaiter().GetResult() : null;
        }
        catch (Exception missing) when (missing is Win32Exception or InvalidOperationException)
        {
            return null;
        }
    }
}
