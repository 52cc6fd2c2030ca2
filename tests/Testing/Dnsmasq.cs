using System.Diagnostics;

namespace NetBootFabric.Testing;

/// <summary>Somebody else's DHCP server in a network namespace, as a process of its own; it goes with the test.</summary>
public sealed class Dnsmasq : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netboot-dnsmasq");
    private readonly Process _process;

    /// <param name="arguments">Of dnsmasq, beside where it keeps its files.</param>
    public Dnsmasq(NetworkNamespace where, string arguments)
    {
        var own = $"--no-daemon --conf-file=/dev/null --port=0 --user=root --no-ping --bind-interfaces --dhcp-leasefile={_folder.FullName}/leases --pid-file={_folder.FullName}/pid";
        _process = Process.Start(new ProcessStartInfo("ip", $"netns exec {where.Name} dnsmasq {own} {arguments}") { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    public bool HasEnded => _process.HasExited;

    public void Dispose()
    {
        // 'ip netns exec' becomes dnsmasq: it is this process itself.
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
