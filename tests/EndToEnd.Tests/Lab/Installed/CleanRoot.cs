using System.Globalization;
using NetBootFabric.AdminApi;
using NetBootFabric.Testing;

namespace NetBootFabric.EndToEnd.Tests.Lab.Installed;

/// <summary>A Debian with nothing of ours on it, booted by its own systemd in a container that has the network of a namespace.</summary>
internal sealed class CleanRoot : IDisposable
{
    private static readonly TimeSpan BootLimit = TimeSpan.FromSeconds(120);

    private readonly string _root;
    private readonly RunningProgram _container;
    private string _init = "";

    private CleanRoot(string root, RunningProgram container) => (_root, _container) = (root, container);

    /// <param name="payload">What its machines boot, seen there as /srv/netboot.</param>
    public static async Task<CleanRoot> BootAsync(NetworkNamespace network, string folder, string payload)
    {
        var root = Directory.CreateDirectory(Path.Combine(folder, "root")).FullName;
        await Tool.RunAsync("tar", "-C", root, "-xf", (await Tool.RunAsync(Repository.Script("lib/clean-root"))).Trim());
        Directory.CreateDirectory(Path.Combine(root, "srv/netboot"));
        // Not in the namespace itself: entering it by ip would hide the control groups.
        var container = new RunningProgram(null, Path.Combine(folder, "container.log"), "systemd-nspawn",
        [
            "--quiet", "--boot", $"--directory={root}", $"--network-namespace-path=/run/netns/{network.Name}", "--register=no", "--keep-unit", $"--machine={network.Name}",
            "--console=pipe", "--capability=CAP_NET_ADMIN,CAP_NET_RAW,CAP_NET_BIND_SERVICE", $"--bind-ro={payload}:/srv/netboot", "--resolv-conf=off", "--timezone=off",
        ]);
        var clean = new CleanRoot(root, container);
        try
        {
            await Until.FoundAsync(clean.TryBootedAsync, BootLimit, () => $"the container did not come up\n{container.Log}");
            // As udev makes it on a machine of its own.
            await clean.RunAsync("chmod", "666", "/dev/net/tun");
            return clean;
        }
        catch
        {
            clean.Dispose();
            throw;
        }
    }

    /// <summary>Runs a command in it as root; fails when it fails.</summary>
    /// <returns>What it printed.</returns>
    public Task<string> RunAsync(params IEnumerable<string> command) => Tool.RunAsync("nsenter", ["-t", _init, "-a", .. command]);

    /// <summary>A shell's verdict on a line: what it printed, and its exit code behind.</summary>
    public async Task<string> TryAsync(string line) => await RunAsync("sh", "-c", $"{{ {line}; }} 2>&1; echo \"exit code $?\"");

    public Task<string> JournalAsync() => RunAsync("journalctl", "--no-pager", "-o", "cat", "-u", "netbootd");

    /// <summary>What /metrics says, with the token that root finds there if it wants one.</summary>
    public async Task<string> ScrapeAsync(NetworkNamespace network)
    {
        var token = await RunAsync("sh", "-c", "cat /run/netboot-fabric/*.token 2>/dev/null || true");
        return await Tool.RunAsync("ip", "netns", "exec", network.Name, "curl", "-sSf", "-H", $"Authorization: Bearer {token.Trim()}", $"http://127.0.0.1:{AdminRoutes.DefaultPort}{AdminRoutes.Metrics}");
    }

    public void Write(string path, string text) => File.WriteAllText(_root + path, text);

    public string Read(string path) => File.ReadAllText(_root + path);

    /// <summary>What the kernel says of a process in it.</summary>
    public string Process(string process) => File.ReadAllText($"/proc/{_init}/root/proc/{process}/status");

    public void Copy(string file) => File.Copy(file, Path.Combine(_root, "root", Path.GetFileName(file)));

    /// <summary>All there is on its disk, apart from what every running system writes.</summary>
    public async Task<string[]> FilesAsync() =>
        (await RunAsync("find", "/", "-xdev", "(", "-path", "/var/log", "-o", "-path", "/var/lib/dpkg", "-o", "-path", "/root", "-o", "-path", "/var/cache", "-o", "-path", "/var/lib/systemd", ")", "-prune", "-o", "-print"))
        .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public void Dispose()
    {
        // Without its init nothing of it is left; without systemd-nspawn alone, all of it would be.
        foreach (var init in Children(_container.Id)) Kill(init);
        _container.Dispose();
        // Large, and nothing in it that a test's failure did not say.
        Directory.Delete(_root, recursive: true);
    }

    private async Task<string?> TryBootedAsync()
    {
        if (_container.HasExited) Assert.Fail($"systemd-nspawn ended\n{_container.Log}");
        // The first child only prepares the one that stays.
        _init = Children(_container.Id).LastOrDefault() ?? "";
        if (_init.Length == 0) return null;
        try
        {
            return (await TryAsync("systemctl is-system-running")).Trim() is var state && (state.StartsWith("running", StringComparison.Ordinal) || state.StartsWith("degraded", StringComparison.Ordinal)) ? state : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static void Kill(string process)
    {
        try
        {
            using var init = System.Diagnostics.Process.GetProcessById(int.Parse(process, CultureInfo.InvariantCulture));
            init.Kill();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
        }
    }

    private static string[] Children(int process)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/task/{process}/children");
        return File.Exists(path) ? File.ReadAllText(path).Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
    }
}
