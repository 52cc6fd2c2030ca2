using NetBootFabric.Testing;

namespace NetBootFabric.EndToEnd.Tests.Lab;

/// <summary>An operating system's DHCP client on a host of its own. Each of its events is a line "name address" in a file, written by its own hook.</summary>
internal sealed class LeaseClient : IDisposable
{
    public const int RenewSignal = 10; // SIGUSR1, udhcpc's "renew now"
    public const int ReleaseSignal = 12; // SIGUSR2, udhcpc's "release now"

    private static readonly TimeSpan EventLimit = TimeSpan.FromSeconds(60);

    private readonly NetworkNamespace _host = new();
    private readonly string _folder;
    private readonly string _events;
    private readonly string _hook;
    private readonly string _dhclientConfiguration;
    private RunningProgram? _client;
    private int _seen;

    private LeaseClient(string folder)
    {
        _folder = folder;
        _events = Path.Combine(folder, "lease-events");
        _hook = Path.Combine(folder, "lease-hook");
        _dhclientConfiguration = Path.Combine(folder, "dhclient.conf");
    }

    public static async Task<LeaseClient> PlugAsync(Bridge bridge, string mac, string folder)
    {
        var client = new LeaseClient(folder);
        await bridge.PlugAsync(client._host, "eth0", mac);
        // udhcpc gives its event as $1 and the address in $ip, dhclient in $reason and $new_ip_address.
        await File.WriteAllTextAsync(client._hook, $"""
            #!/bin/sh
            address=$ip$new_ip_address
            if [ -n "$address" ]; then ip address replace "$address/16" dev eth0; else ip address flush dev eth0; fi
            echo "${"{reason:-$1}"} $address" >>{client._events}

            """);
        File.SetUnixFileMode(client._hook, (UnixFileMode)0b111_101_101);

        // So that a test sees a renewal without waiting for half of the lease.
        await File.WriteAllTextAsync(client._dhclientConfiguration, "supersede dhcp-renewal-time 3;\n");
        return client;
    }

    public void StartUdhcpc(params string[] more) => Start("busybox", ["udhcpc", "-f", "-i", "eth0", "-s", _hook, .. more]);

    /// <summary>Started again, it begins with the lease that it remembers: INIT-REBOOT.</summary>
    public void StartDhclient() => Start("dhclient", ["-4", "-d", .. DhclientFiles, "eth0"]);

    public Task ReleaseDhclientAsync()
    {
        Stop();
        return Tool.RunAsync("ip", ["netns", "exec", _host.Name, "dhclient", "-4", "-r", .. DhclientFiles, "eth0"]);
    }

    public void Signal(int number) => _client!.Signal(number);

    public void Stop()
    {
        _client?.Dispose();
        _client = null;
    }

    /// <summary>The next event with one of these names: its address.</summary>
    public async Task<string> EventAsync(params string[] names)
    {
        var line = await Until.FoundAsync(() => Task.FromResult(Next(names)), EventLimit,
            () => $"none of {string.Join(", ", names)} in\n{TextFile.Tail(_events)}{TextFile.Tail(Path.Combine(_folder, "lease-client.log"))}");
        return line.Split(' ')[1];
    }

    public void Dispose()
    {
        Stop();
        _host.Dispose();
    }

    private string[] DhclientFiles =>
        ["-cf", _dhclientConfiguration, "-lf", Path.Combine(_folder, "dhclient.leases"), "-pf", Path.Combine(_folder, "dhclient.pid"), "-sf", _hook];

    private void Start(string program, IEnumerable<string> arguments)
    {
        Stop();
        _client = new RunningProgram(_host, Path.Combine(_folder, "lease-client.log"), program, arguments);
    }

    private string? Next(string[] names)
    {
        var lines = TextFile.Read(_events).Split('\n')[..^1];
        while (_seen < lines.Length)
        {
            if (lines[_seen++] is var line && names.Contains(line.Split(' ')[0])) return line;
        }

        return null;
    }
}
