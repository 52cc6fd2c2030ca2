namespace NetBootFabric.EndToEnd.Tests.Lab;

/// <summary>The configuration of the lab's head node: the shipped example, with the profile's loader and the folders of this run.</summary>
internal sealed record RoomConfiguration
{
    public string Loader { get; init; } = "auto";

    /// <summary>Of the kernel, beside what the lab needs.</summary>
    public string CommandLine { get; init; } = "";

    /// <summary>Further subnets, as YAML list items indented by two.</summary>
    public string MoreSubnets { get; init; } = "";

    /// <summary>Node entries, as YAML list items indented by two; the others are unknown and allowed.</summary>
    public string Nodes { get; init; } = $"  - {{ mac: \"{Room.FirstMac}\", name: n001, ip: {Room.FirstAddress}, profile: default }}";

    /// <summary>Further profiles, indented by two.</summary>
    public string MoreProfiles { get; init; } = "";

    public string Render(string folder, string payload) => $"""
        node: head1
        store: sqlite:{folder}/fabric.db
        interfaces: [eth1]
        files: {payload}
        http: {"{ port: 80 }"}
        admin: {"{ listen: 127.0.0.1:9110 }"}
        subnets:
          - network: 10.77.0.0/16
            range: 10.77.1.0-10.77.250.254
            router: 10.77.0.1
            dns: [10.77.0.1]
            lease: 12h
            unknown: allow
        {MoreSubnets}
        profiles:
          default:
            kernel: vmlinuz
            initrd: [initrd.img]
            cmdline: console=ttyS0 panic=-1 no_timer_check {CommandLine}
            loader: {Loader}
        {MoreProfiles}
        nodes:
        {Nodes}
        """;
}
