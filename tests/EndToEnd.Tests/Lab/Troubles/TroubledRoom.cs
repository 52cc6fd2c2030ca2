using System.Globalization;
using NetBootFabric.AdminApi.Why;
using NetBootFabric.Testing;

namespace NetBootFabric.EndToEnd.Tests.Lab.Troubles;

/// <summary>One head node, another DHCP server, and a machine for each trouble: all happen at once.</summary>
public sealed class TroubledRoom : IAsyncLifetime
{
    internal const string ServerMac = "52:54:00:77:ff:01";
    private const int FineMachines = 5;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(100);

    private readonly string _folder = Repository.Results("troubles");
    private readonly NetworkNamespace _server = new();
    private readonly NetworkNamespace _machines = new();
    private readonly NetworkNamespace _other = new();
    private readonly Bridge _bridge = new();
    private readonly CancellationTokenSource _over = new();
    private readonly List<ScriptedMachine> _plugged = [];
    private readonly Dictionary<string, Task<WhyView>> _happening = [];
    private RunningProgram? _dnsmasq;

    internal HeadNode Head { get; private set; } = null!;
    internal CancellationToken Over => _over.Token;
    internal string Files => Path.Combine(_folder, "files");

    public async Task InitializeAsync()
    {
        Prepare();
        await _bridge.PlugAsync(_server, "eth1", ServerMac, $"{Room.ServerAddress}/16");
        Head = new HeadNode(_server, _folder, Configuration());
        await Head.StartAsync(withoutCapabilities: "-dac_override,-dac_read_search");
        await StartOtherServerAsync();
        await FillPoolAsync();
        foreach (var (name, trouble) in TroubleTable.All)
        {
            var machine = await PlugAsync(MacOf(name));
            _happening[name] = Task.Factory.StartNew(() => HappenAsync(machine, trouble), _over.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        }
    }

    /// <summary>What the head node makes of it: seen while it happens, since a machine may be in other trouble afterwards.</summary>
    private async Task<WhyView> HappenAsync(ScriptedMachine machine, Trouble trouble)
    {
        var happening = trouble.Happen(machine, this);
        var seen = WhyAsync(machine, view => view.Cause == trouble.Cause && view.Step == trouble.Step);
        if (await Task.WhenAny(happening, seen) == happening) await happening;
        return await seen;
    }

    /// <summary>Somebody takes the only address there.</summary>
    private async Task FillPoolAsync()
    {
        (await PlugAsync("52:54:00:77:ee:02")).DiscoverThrough("10.78.0.1");
        await Head.ClientInAsync("52:54:00:77:ee:02", "Offered");
    }

    /// <summary>What pbm why says of a machine, once it is as wanted.</summary>
    internal Task<WhyView> WhyAsync(string who, Func<WhyView, bool> isWanted)
    {
        WhyView? last = null;
        return Until.FoundAsync(
            async () => (last = await Head.GetAsync(WhyRoutes.Of(who), WhyJson.Default.WhyView)) is { } view && isWanted(view) ? view : null,
            Limit, () => $"of {who} it says {last}\n{Head.Evidence}");
    }

    internal Task<WhyView> WhyAsync(ScriptedMachine machine, Func<WhyView, bool> isWanted) => WhyAsync(machine.Mac.ToString(), isWanted);

    /// <summary>What was made of a trouble.</summary>
    internal Task<WhyView> SeenAsync(string name) => _happening[name];

    /// <summary>Machines with which nothing is wrong, one after the other.</summary>
    internal async Task FineAsync(Func<ScriptedMachine, Task> load)
    {
        for (var i = 1; i <= FineMachines; i++) await load(await PlugAsync($"52:54:00:77:ee:1{i}"));
    }

    internal async Task<ScriptedMachine> PlugAsync(string mac)
    {
        await _plugging.WaitAsync();
        try
        {
            var card = $"m{_plugged.Count}";
            await _bridge.PlugAsync(_machines, card, mac);
            _machines.AwaitLink(card);
            var machine = new ScriptedMachine(_machines, card, mac);
            _plugged.Add(machine);
            return machine;
        }
        finally
        {
            _plugging.Release();
        }
    }

    private readonly SemaphoreSlim _plugging = new(1);

    /// <summary>The file gets shorter while it is loaded.</summary>
    internal void Shrink(int block)
    {
        if (block != 20) return;
        using var file = new FileStream(Path.Combine(Files, "shrinking.img"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.SetLength(15_000);
    }

    public async Task DisposeAsync()
    {
        await _over.CancelAsync();
        foreach (var happening in _happening.Values) await happening.ContinueWith(_ => { }, TaskScheduler.Default);
        foreach (var machine in _plugged) machine.Dispose();
        _dnsmasq?.Dispose();
        Head?.Dispose();
        _bridge.Dispose();
        foreach (var host in (NetworkNamespace[])[_machines, _other, _server]) host.Dispose();
        _over.Dispose();
        _plugging.Dispose();
    }

    /// <summary>Many cards of one host on one network: each speaks for its own address only.</summary>
    private void Prepare()
    {
        _machines.Run(() =>
        {
            foreach (var (key, value) in (ReadOnlySpan<(string, string)>)[("arp_ignore", "1"), ("arp_announce", "2"), ("rp_filter", "0")])
                foreach (var scope in (string[])["all", "default"]) File.WriteAllText($"/proc/sys/net/ipv4/conf/{scope}/{key}", value);
            foreach (var scope in (string[])["all", "default"]) File.WriteAllText($"/proc/sys/net/ipv6/conf/{scope}/disable_ipv6", "1");
        });
        Directory.CreateDirectory(Files);
        var kernel = new byte[4 << 20];
        "HdrS"u8.CopyTo(kernel.AsSpan(0x202));
        foreach (var name in (string[])["vmlinuz", "vmlinuz-6.10", "initrd.img", "shrinking.img", "secret.img"]) File.WriteAllBytes(Path.Combine(Files, name), kernel);
        File.SetUnixFileMode(Path.Combine(Files, "secret.img"), UnixFileMode.None);
        "ARM\x64"u8.CopyTo(kernel.AsSpan(0x38));
        kernel.AsSpan(0x202, 4).Clear();
        File.WriteAllBytes(Path.Combine(Files, "vmlinuz-arm64"), kernel);
    }

    private async Task StartOtherServerAsync()
    {
        await _bridge.PlugAsync(_other, "eth0", "52:54:00:77:ff:03", $"{TroubleTable.OtherServer}/16");
        _dnsmasq = new RunningProgram(_other, Path.Combine(_folder, "dnsmasq.log"), "dnsmasq",
            "--keep-in-foreground", "--conf-file=/dev/null", "--port=0", "--user=root", "--log-facility=-", "--pid-file", $"--dhcp-leasefile={_folder}/dnsmasq.leases",
            "--dhcp-range=10.77.251.1,static,255.255.0.0", $"--dhcp-host={MacOf("lured")},10.77.251.7", "--dhcp-broadcast", "--no-ping");
        await Until.TrueAsync(() => _dnsmasq.Log.Contains("DHCP", StringComparison.Ordinal), TimeSpan.FromSeconds(20), () => _dnsmasq.Log);
    }

    internal static string MacOf(string name) => string.Create(CultureInfo.InvariantCulture, $"52:54:00:77:01:{TroubleTable.All.Keys.ToList().IndexOf(name):x2}");

    private string Configuration() => $$"""
        node: head1
        store: sqlite:{{_folder}}/fabric.db
        interfaces: [eth1]
        files: {{Files}}
        subnets:
          - { network: 10.77.0.0/16, range: 10.77.1.0-10.77.250.254 }
          - { network: 10.78.0.0/24, range: 10.78.0.10-10.78.0.10 }
          - { network: 10.79.0.0/24, range: 10.79.0.10-10.79.0.99, unknown: ignore }
        profiles:
          good: { kernel: vmlinuz, initrd: [initrd.img] }
          mistyped: { kernel: vmlinuz-6.1 }
          variable: { kernel: vmlinuz, cmdline: "serial=${serial}" }
          arm: { kernel: vmlinuz-arm64 }
        nodes:
          - { mac: "52:54:00:77:99:99", name: unheard, profile: good }
          - { mac: "52:54:00:77:ee:03", name: waits, profile: good, intent: hold }
          - { mac: "52:54:00:77:ee:04", name: fromdisk, profile: good, intent: local }
          - { mac: "52:54:00:77:ee:02", name: first, profile: good }
        {{string.Join('\n', Enumerable.Range(1, FineMachines).Select(i => $$"""  - { mac: "52:54:00:77:ee:1{{i}}", name: fine{{i}}, profile: good }"""))}}
        {{string.Join('\n', TroubleTable.All.Where(each => each.Value.Profile is not null).Select(each => $$"""  - { mac: "{{MacOf(each.Key)}}", name: {{each.Key}}, profile: {{each.Value.Profile}} }"""))}}
        """;
}
