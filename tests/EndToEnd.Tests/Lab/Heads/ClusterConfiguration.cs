namespace NetBootFabric.EndToEnd.Tests.Lab.Heads;

/// <summary>The configuration of the lab's head nodes: cluster-config/three-heads, with small files for the crowd and real ones for the machines.</summary>
internal sealed record ClusterConfiguration
{
    /// <summary>What the crowd loads, and under <c>real/</c> what machines do.</summary>
    public required string Files { get; init; }

    /// <summary>Of the machines; the crowd's is automatic.</summary>
    public string Loader { get; init; } = "auto";

    public string Heartbeat { get; init; } = "250ms";

    /// <summary>Two noisy cores can keep a process waiting for more than the second that is the default.</summary>
    public string DeadAfter { get; init; } = "3s";

    public string Render(int number) => $"""
        node: head{number}
        store: postgres:{PostgresServer.ConnectionString}
        cluster:
          listen: 10.0.0.{number}:9120
          service: {ClusterHead.ServiceAddressOf(number)}
          heartbeat: {Heartbeat}
          dead_after: {DeadAfter}
        interfaces: [eth1]
        files: {Files}
        subnets:
          - network: 10.77.0.0/16
            range: 10.77.1.0-10.77.250.254
            router: 10.77.0.254
            dns: [10.77.0.254]
            lease: 12h
            unknown: allow
        profiles:
          default:
            kernel: crowd/kernel
            initrd: [crowd/initrd]
          machine:
            kernel: real/vmlinuz
            initrd: [real/initrd.img]
            cmdline: console=ttyS0 panic=-1 no_timer_check
            loader: {Loader}
        nodes:
          - {"{ mac: \"" + ClusterRoom.MachineMac(1) + "\", name: n001, profile: machine }"}
          - {"{ mac: \"" + ClusterRoom.MachineMac(2) + "\", name: n002, profile: machine }"}
        """;

    /// <summary>Makes the folder of files.</summary>
    public static async Task<string> MakeFilesAsync(string folder)
    {
        const int crowdFile = 48 * 1024; // some thirty segments: a download that can be in the middle of something
        var files = Directory.CreateDirectory(Path.Combine(folder, "files")).FullName;
        var random = new Random(1);
        foreach (var name in (string[])["kernel", "initrd"])
        {
            var octets = new byte[crowdFile];
            random.NextBytes(octets);
            await File.WriteAllBytesAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(files, "crowd")).FullName, name), octets);
        }

        var payload = await BootPayload.FolderAsync();
        foreach (var name in (string[])["vmlinuz", "initrd.img"])
            File.Copy(Path.Combine(payload, name), Path.Combine(Directory.CreateDirectory(Path.Combine(files, "real")).FullName, name));
        return files;
    }
}
