using System.Net;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Tests.Configuration;

public sealed class ConfigurationReaderTests
{
    private const string Least = "interfaces: eth1\nsubnets: [{ network: 10.77.0.0/16 }]\nprofiles: { default: { kernel: vmlinuz } }\n";
    private static readonly MacAddress Client = MacAddress.Parse("52:54:00:77:00:01");

    [Fact]
    public void The_example_that_ships_is_read_as_it_is_meant()
    {
        var options = Good(ConfigurationReader.Read(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "single.yaml")), "single.yaml"));
        Assert.Equal("head1", options.Node);
        Assert.Equal(new StoreOptions(StoreKind.Sqlite, "fabric.db"), options.Store);
        Assert.Equal("eth1", Assert.Single(options.Interfaces));
        Assert.Equal("/srv/netboot", options.Files);
        Assert.Equal(80, options.HttpPort);
        Assert.Equal([new IPEndPoint(IPAddress.Loopback, 9110)], options.Admin.Listen.AsEnumerable());
        var subnet = Assert.Single(options.Room.Subnets);
        Assert.Equal(Ipv4Network.Parse("10.77.0.0/16"), subnet.Network);
        Assert.Equal("10.77.1.0-10.77.250.254", Assert.Single(subnet.Ranges).ToString());
        Assert.Equal(Ipv4Address.Parse("10.77.0.1"), Assert.Single(subnet.Routers));
        Assert.Equal(Ipv4Address.Parse("10.77.0.1"), Assert.Single(subnet.DnsServers));
        Assert.Equal(TimeSpan.FromHours(12), subnet.LeaseTime);
        Assert.Equal(UnknownPolicy.Allow, subnet.Unknown);
        var profile = options.Room.DefaultProfile!;
        Assert.Equal(("vmlinuz", "initrd.img", "console=ttyS0 panic=-1"), (profile.Kernel, Assert.Single(profile.Initrds), profile.CommandLine));
        var node = options.Room.Nodes[Client];
        Assert.Equal(("n001", Ipv4Address.Parse("10.77.0.11"), "default"), (node.Name, node.Address, node.Profile));
        Assert.Equal(Client, options.Room.FixedAddresses[Ipv4Address.Parse("10.77.0.11")]);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("telemetry: { otlp: http://collector:4318 }", "http://collector:4318/")]
    public void Boots_are_traced_only_where_a_collector_is_named(string line, string? collector) =>
        Assert.Equal(collector, Good(ConfigurationReader.Read(Least + line, "f")).Traces?.ToString());

    [Theory]
    [InlineData("collector:4318")]
    [InlineData("ftp://collector")]
    public void A_collector_is_named_by_its_address(string otlp) =>
        Assert.Contains("OTLP", Assert.Single(ConfigurationReader.Read($"{Least}telemetry: {{ otlp: \"{otlp}\" }}", "f").Mistakes).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Everything_that_can_have_a_default_has_one()
    {
        var options = Good(ConfigurationReader.Read(Least, "f"));
        Assert.Equal(Environment.MachineName, options.Node);
        Assert.Equal(NodeOptions.DefaultStore, options.Store);
        Assert.Equal("/srv/netboot", options.Files);
        Assert.Equal(80, options.HttpPort);
        Assert.Equal(80, options.Room.HttpPort);
        Assert.Equal(new TftpOptions(true, 69, null), options.Tftp);
        Assert.Equal([AdminOptions.DefaultListen], options.Admin.Listen.AsEnumerable());
        Assert.True(options.RouterAdvertisements);
        Assert.True(options.Room.Authoritative);
        Assert.Equal(DhcpService.Server, options.Room.Service);
        var subnet = Assert.Single(options.Room.Subnets);
        Assert.Empty(subnet.Ranges);
        Assert.Equal((TimeSpan.FromHours(12), UnknownPolicy.Allow), (subnet.LeaseTime, subnet.Unknown));
        Assert.Equal((LoaderKind.Auto, Transport.Http), (options.Room.DefaultProfile!.Loader, options.Room.DefaultProfile.Transport));
        Assert.Empty(options.Room.Nodes);
    }

    [Fact]
    public void Every_key_is_read()
    {
        var options = Good(ConfigurationReader.Read("""
            node: head2.room4
            store: postgres:Host=db;Database=fabric;Username=fabric
            interfaces: [eth1, eth2]
            files: /data
            http: { port: 8080 }
            tftp: { port: 6969, enabled: false }
            admin: { listen: "[::1]:9111" }
            authoritative: false
            router_advertisements: false
            subnets:
              - network: 10.1.0.0/16
                ranges: [10.1.1.0-10.1.1.255, 10.1.3.0 - 10.1.3.9]
                router: [10.1.0.1, 10.1.0.2]
                dns: 10.1.0.3
                domain: room4.example
                lease: 7d
                unknown: discover
              - { network: 10.2.0.0/24, lease: 90s, unknown: ignore }
            profiles:
              default: { kernel: linux/vmlinuz, initrd: [a.img, b.img], loader: ipxe-efi, transport: tftp, cmdline: quiet }
              rescue:
                kernel: rescue
                cmdline: |
                  console=ttyS0
                  rescue
            nodes:
              - { mac: 52-54-00-77-00-01, name: n001, ip: 10.1.1.7, intent: once, vars: { rack: 4, empty: , slot: "b" } }
              - { mac: 5254.0077.0002, profile: rescue, intent: local }
            """, "f"));
        Assert.Equal(("head2.room4", "/data", 8080), (options.Node, options.Files, options.HttpPort));
        Assert.Equal(8080, options.Room.HttpPort);
        Assert.Equal(new StoreOptions(StoreKind.Postgres, "Host=db;Database=fabric;Username=fabric"), options.Store);
        Assert.Equal("eth1 eth2", string.Join(' ', options.Interfaces));
        Assert.Equal(new TftpOptions(false, 6969, null), options.Tftp);
        Assert.Equal([new IPEndPoint(IPAddress.IPv6Loopback, 9111)], options.Admin.Listen.AsEnumerable());
        Assert.False(options.Room.Authoritative);
        Assert.False(options.RouterAdvertisements);
        var subnet = options.Room.Subnets[0];
        Assert.Equal("10.1.1.0-10.1.1.255 10.1.3.0-10.1.3.9", string.Join(' ', subnet.Ranges));
        Assert.Equal("10.1.0.1 10.1.0.2", string.Join(' ', subnet.Routers));
        Assert.Equal(("10.1.0.3", "room4.example"), (string.Join(' ', subnet.DnsServers), subnet.DomainName));
        Assert.Equal((TimeSpan.FromDays(7), UnknownPolicy.Discover), (subnet.LeaseTime, subnet.Unknown));
        Assert.Equal((TimeSpan.FromSeconds(90), UnknownPolicy.Ignore), (options.Room.Subnets[1].LeaseTime, options.Room.Subnets[1].Unknown));
        Assert.Equal((LoaderKind.IpxeEfi, Transport.Tftp), (options.Room.DefaultProfile!.Loader, options.Room.DefaultProfile.Transport));
        Assert.Equal("console=ttyS0 rescue", options.Room.Profiles["rescue"].CommandLine);
        var node = options.Room.Nodes[Client];
        Assert.Equal(BootIntent.Once, node.Intent);
        Assert.Equal("4||b", $"{node.Variables["rack"]}|{node.Variables["empty"]}|{node.Variables["slot"]}");
        Assert.Equal(BootIntent.Local, options.Room.Nodes[MacAddress.Parse("52:54:00:77:00:02")].Intent);
    }

    [Theory]
    [InlineData("auto", LoaderKind.Auto)]
    [InlineData("undionly", LoaderKind.Undionly)]
    [InlineData("snponly", LoaderKind.Snponly)]
    [InlineData("ipxe-efi", LoaderKind.IpxeEfi)]
    [InlineData("pxelinux", LoaderKind.Pxelinux)]
    [InlineData("lpxelinux", LoaderKind.Lpxelinux)]
    [InlineData("grub", LoaderKind.Grub)]
    [InlineData("shim", LoaderKind.Shim)]
    [InlineData("uki", LoaderKind.Uki)]
    public void Every_loader_can_be_named(string word, object kind)
    {
        var options = Good(ConfigurationReader.Read(Least.Replace("kernel: vmlinuz", $"kernel: vmlinuz, loader: {word}", StringComparison.Ordinal), "f"));
        Assert.Equal(kind, options.Room.DefaultProfile!.Loader);
    }

    [Fact]
    public void A_proxy_needs_no_subnets()
    {
        var options = Good(ConfigurationReader.Read("interfaces: eth1\nproxy: true\nprofiles: { default: { kernel: k } }\nnodes: [{ mac: 525400770001, ip: 10.9.9.9 }]\n", "f"));
        Assert.Equal(DhcpService.Proxy, options.Room.Service);
    }

    [Fact]
    public void A_byte_order_mark_and_Windows_line_ends_do_no_harm() =>
        Good(ConfigurationReader.Read([0xEF, 0xBB, 0xBF, .. System.Text.Encoding.UTF8.GetBytes(Least.ReplaceLineEndings("\r\n"))], "f"));

    [Fact]
    public void Mistakes_read_as_file_line_column_and_text()
    {
        var result = ConfigurationReader.Read(Least + "nodse: []\n", "room.yaml");
        Assert.Equal("room.yaml:4:1: 'nodse' is no key of the configuration; write 'nodes'", Assert.Single(result.Mistakes).ToString());
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_mistake()
    {
        var mistake = Assert.Single(ConfigurationReader.ReadFile("/nowhere/fabric.yaml").Mistakes);
        Assert.StartsWith("/nowhere/fabric.yaml:1:1: the file can't be read", mistake.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Kernels_and_initrds_that_are_not_there_are_warnings()
    {
        var folder = Directory.CreateTempSubdirectory("netboot-files-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "vmlinuz"), "kernel");
            var file = Path.Combine(folder.FullName, "room.yaml");
            File.WriteAllText(file, Least.Replace("kernel: vmlinuz", "kernel: vmlinuz, initrd: [none.img]", StringComparison.Ordinal) + $"files: {folder.FullName}\n");
            var result = ConfigurationReader.ReadFile(file);
            Good(result);
            Assert.Equal($"{file}:3:50: 'none.img' is not in {folder.FullName}; put it there", Assert.Single(result.Warnings).ToString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("interfaces: eth1\nsubnets: [{ network: 10.77.0.0/16 }]\nprofiles: { linux: { kernel: k } }\n", "2:22: clients that no node entry names have nothing to boot")]
    [InlineData("interfaces: eth1\nproxy: true\nsubnets: [{ network: 10.7.0.0/16, range: 10.7.1.0-10.7.1.9 }]\nprofiles: { default: { kernel: k } }\n", "3:42: a proxy gives no addresses")]
    public void What_looks_wrong_but_is_allowed_is_a_warning(string text, string expected)
    {
        var result = ConfigurationReader.Read(text, "f");
        Good(result);
        Assert.StartsWith("f:" + expected, Assert.Single(result.Warnings).ToString(), StringComparison.Ordinal);
    }

    private static NodeOptions Good(ConfigurationResult result)
    {
        Assert.Empty(result.Mistakes);
        return Assert.IsType<NodeOptions>(result.Options);
    }
}
