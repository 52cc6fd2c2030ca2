using System.Diagnostics;
using System.Net.Sockets;
using NetBootFabric.Sockets;
using NetBootFabric.Storm.Clients;
using NetBootFabric.Storm.Content;
using NetBootFabric.Storm.Report;
using NetBootFabric.Storm.Room;
using NetBootFabric.Testing;

namespace NetBootFabric.Storm.Tests.Against;

/// <summary>Two joined namespaces, one for a real server and one for the storm, and a folder with files to boot.</summary>
internal sealed class StormRoom : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly NetworkNamespace _head = new(), _room = new();
    private readonly byte[] _programHead = new byte[4096];
    private Process? _server;

    public StormRoom()
    {
        _head.Join(_room, "eth1", "eth1", "02:00:00:00:00:01", "02:00:00:00:00:02");
        _head.Here("address add 10.77.0.1/16 dev eth1");
        Directory.CreateDirectory(Files);
        foreach (var (name, size) in new[] { ("vmlinuz", 20_000), ("initrd.img", 30_000), ("undionly.kpxe", 5_000), ("pxelinux.0", 4_000), ("ldlinux.c32", 6_000),
            ("lpxelinux.0", 4_500), ("shimx64.efi.signed", 9_000), ("grubx64.efi", 20_000), ("grubnetx64.efi.signed", 20_000), ("snponly.efi", 7_000), ("ipxe.efi", 8_000) })
            File.WriteAllBytes(Path.Combine(Files, name), [.. Enumerable.Range(0, size).Select(i => (byte)(i * 7 / 3))]);
        using var stub = File.OpenRead("/usr/lib/systemd/boot/efi/linuxx64.efi.stub");
        using var kernel = File.OpenWrite(Path.Combine(Files, "vmlinuz"));
        // Only what UEFI can start goes into a unified kernel image.
        stub.ReadExactly(_programHead);
        kernel.Write(_programHead);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("storm-").FullName;

    public string Files => Path.Combine(Folder, "files");

    public void Serve(string program, params IEnumerable<string> arguments)
    {
        _server = Process.Start(new ProcessStartInfo("ip", ["netns", "exec", _head.Name, program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        _server.BeginOutputReadLine(); // read, so that it never waits for a reader
    }

    /// <summary>Until the server takes connections.</summary>
    public void AwaitTcp(int port)
    {
        var waited = Stopwatch.StartNew();
        while (!_head.Run(() => Connects(port)))
            if (waited.Elapsed > Limit) Assert.Fail($"nothing listens on port {port}");
    }

    public StormReport Run(string kind, int clients = 20, bool withoutShortcuts = false) => _room.Run(() =>
    {
        var plan = new RoomPlan
        {
            Clients = clients,
            Kinds = KindMix.TryParse(kind, out _)!,
            Arrivals = Arrivals.Parse("all")!,
            FirstMac = SentFrames.Mac,
            Seed = 1,
            Course = new CourseSettings { Eager = true, WithoutShortcuts = withoutShortcuts, Library = new ContentLibrary(Files) },
        };
        using var loop = new StormLoop(InterfaceTable.Get("eth1"), plan, TimeProvider.System);
        loop.Run(Limit, CancellationToken.None);
        return StormReport.Of(loop.Room, loop.Elapsed, "eth1", loop.Sink.Refused, loop.Dropped);
    });

    public void Dispose()
    {
        _server?.Kill(entireProcessTree: true);
        _server?.WaitForExit(10_000);
        _server?.Dispose();
        _head.Dispose();
        _room.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static bool Connects(int port)
    {
        try
        {
            using var client = new TcpClient("10.77.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
