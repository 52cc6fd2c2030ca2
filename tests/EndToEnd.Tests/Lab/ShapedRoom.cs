using System.Globalization;
using NetBootFabric.EndToEnd.Tests.Lab.Heads;
using NetBootFabric.Testing;

namespace NetBootFabric.EndToEnd.Tests.Lab;

/// <summary>A head node whose uplink is a token bucket, and a room of simulated machines behind it: five firmwares in turn, small files.</summary>
internal sealed class ShapedRoom : IDisposable
{
    public const string Kinds = "ipxe-http=1,ipxe-chain=1,pxelinux-tftp=1,uefi-pxe=1,uefi-http=1";
    private const int PxelinuxPlace = 2, KindCount = 5;

    // A kernel that UEFI can start begins like a program, and netbootd looks at that before it makes an image of it.
    private const string Stub = "/usr/lib/systemd/boot/efi/linuxx64.efi.stub";
    private const int HeadOctets = 4096;

    private readonly NetworkNamespace _server = new(), _machines = new();
    private readonly Bridge _bridge = new();
    private readonly HeadNode _head;
    private readonly string _folder;

    public ShapedRoom(string test, int clients)
    {
        _folder = Repository.Results(test);
        Directory.CreateDirectory(Files);
        foreach (var (name, octets) in new[] { ("vmlinuz", 60_000), ("initrd.img", 100_000), ("undionly.kpxe", 40_000), ("pxelinux.0", 20_000), ("ldlinux.c32", 30_000), ("shimx64.efi.signed", 50_000), ("grubx64.efi", 100_000) })
            File.WriteAllBytes(Path.Combine(Files, name), Content(name, octets));
        _head = new HeadNode(_server, _folder, Configuration(clients));
    }

    public string Evidence => _head.Evidence;

    private string Files => Path.Combine(_folder, "files");

    /// <param name="rate">Of the uplink, as tc takes it.</param>
    /// <param name="queue">In front of it, in octets.</param>
    public async Task OpenAsync(string rate, int queue)
    {
        await _bridge.PlugAsync(_server, "eth1", "52:54:00:77:ff:01", $"{Room.ServerAddress}/16");
        await Bridge.UnbundleAsync(_server, "eth1");
        await _bridge.PlugAsync(_machines, "eth0", "52:54:00:77:fe:01");
        await _bridge.ShapeAsync("port1", rate, queue);
        await _head.StartAsync();
    }

    public Storm Begin(int clients, int limitSeconds) => new(_machines, _folder, clients, "all", Kinds, Files, limitSeconds, first: 0, restarts: 0);

    public void Dispose()
    {
        _head.Dispose();
        _bridge.Dispose();
        _machines.Dispose();
        _server.Dispose();
    }

    private static byte[] Content(string name, int octets)
    {
        var content = Enumerable.Range(0, octets).Select(i => (byte)(i * 7 / 3)).ToArray();
        if (name != "vmlinuz") return content;
        using var stub = File.OpenRead(Stub);
        stub.ReadExactly(content.AsSpan(0, HeadOctets));
        return content;
    }

    private string Configuration(int clients)
    {
        var pxelinux = Enumerable.Range(0, clients).Where(client => client % KindCount == PxelinuxPlace)
            .Select(client => string.Create(CultureInfo.InvariantCulture, $"  - {{ mac: \"02:6e:62:00:{client >> 8:x2}:{client & 0xFF:x2}\", name: s{client}, profile: pxelinux }}"));
        return $"""
            node: head1
            store: sqlite:{_folder}/fabric.db
            interfaces: [eth1]
            files: {Files}
            admin: {"{ listen: 127.0.0.1:9110 }"}
            subnets:
              - {"{"} network: 10.77.0.0/16, range: 10.77.1.0-10.77.16.254, router: 10.77.0.1, lease: 12h {"}"}
            profiles:
              default: {"{ kernel: vmlinuz, initrd: [initrd.img], cmdline: quiet }"}
              pxelinux: {"{ kernel: vmlinuz, initrd: [initrd.img], cmdline: quiet, loader: pxelinux, transport: tftp }"}
            nodes:
            {string.Join('\n', pxelinux)}
            """;
    }
}
