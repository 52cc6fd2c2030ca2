using NetBootFabric.Testing;

namespace NetBootFabric.EndToEnd.Tests.Lab;

/// <summary>A router between the head node's room and another one, 10.88.0.0/16, with ISC's DHCP relay on it, which adds relay information (option 82).</summary>
internal sealed class Relay : IDisposable
{
    private const string NearAddress = "10.77.0.2";
    private const string FarAddress = "10.88.0.1";

    private readonly NetworkNamespace _router = new();
    private RunningProgram? _dhcrelay;

    /// <summary>The other room's switch.</summary>
    public Bridge Far { get; } = new();

    public static async Task<Relay> StartAsync(Room room)
    {
        var relay = new Relay();
        await room.Bridge.PlugAsync(relay._router, "near", "52:54:00:77:ff:02", $"{NearAddress}/16");
        await relay.Far.PlugAsync(relay._router, "far", "52:54:00:88:ff:01", $"{FarAddress}/16");
        relay._router.Run(() => File.WriteAllText("/proc/sys/net/ipv4/ip_forward", "1"));
        room.Server.Here($"route add 10.88.0.0/16 via {NearAddress}");
        relay._dhcrelay = new RunningProgram(relay._router, Path.Combine(room.Folder, "dhcrelay.log"), "dhcrelay",
            "-4", "-d", "-a", "-id", "far", "-iu", "near", Room.ServerAddress);
        await Until.TrueAsync(() => relay._dhcrelay.Log.Contains("Sending on   Socket", StringComparison.Ordinal), TimeSpan.FromSeconds(20), () => relay._dhcrelay.Log);
        return relay;
    }

    public void Dispose()
    {
        _dhcrelay?.Dispose();
        Far.Dispose();
        _router.Dispose();
    }
}
