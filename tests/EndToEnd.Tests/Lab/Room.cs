using NetBootFabric.Testing;

namespace NetBootFabric.EndToEnd.Tests.Lab;

/// <summary>A room with one head node and a switch, all in namespaces of its own, and a capture of what is said there.</summary>
internal sealed class Room : IDisposable
{
    public const string ServerAddress = "10.77.0.1";
    public const string FirstMac = "52:54:00:77:00:01";
    public const string FirstAddress = "10.77.0.11";

    private Room(string folder, HeadNode head, NetworkNamespace server, Bridge bridge, Capture capture)
    {
        Folder = folder;
        Head = head;
        Server = server;
        Bridge = bridge;
        Capture = capture;
    }

    /// <summary>Where consoles, logs and captures are kept.</summary>
    public string Folder { get; }
    public HeadNode Head { get; }
    public NetworkNamespace Server { get; }
    public Bridge Bridge { get; }
    public Capture Capture { get; }

    public static async Task<Room> OpenAsync(string test, RoomConfiguration configuration)
    {
        var folder = Repository.Results(test);
        var payload = await BootPayload.FolderAsync();
        var server = new NetworkNamespace();
        var bridge = new Bridge();
        await bridge.PlugAsync(server, "eth1", "52:54:00:77:ff:01", $"{ServerAddress}/16");
        var capture = await Capture.StartAsync(bridge, folder, "room");
        var head = new HeadNode(server, folder, configuration.Render(folder, payload));
        var room = new Room(folder, head, server, bridge, capture);
        try
        {
            await head.StartAsync();
            return room;
        }
        catch
        {
            room.Dispose();
            throw;
        }
    }

    /// <summary>Boots a machine to its system's report, and gathers what was seen of it.</summary>
    /// <param name="bridge">Where the machine is plugged in and <paramref name="capture"/> listens, when not in this room.</param>
    public async Task<SeenBoot> BootAsync(Firmware firmware, string mac = FirstMac, Bridge? bridge = null, Capture? capture = null)
    {
        using var machine = await VirtualMachine.PowerOnAsync(bridge ?? Bridge, firmware, mac, Folder);
        try
        {
            await machine.BootedAsync();
        }
        catch (Exception e)
        {
            Assert.Fail($"{e.Message}{Head.Evidence}");
        }

        var client = await Head.ClientInAsync(mac, "Booted");
        return new SeenBoot(client, client.Current!, await (capture ?? Capture).DhcpAsync(mac), await Capture.ComplaintsAsync(ServerAddress), machine.Console, machine.Uptime);
    }

    public void Dispose()
    {
        Head.Dispose();
        Capture.Dispose();
        Bridge.Dispose();
        Server.Dispose();
    }
}
