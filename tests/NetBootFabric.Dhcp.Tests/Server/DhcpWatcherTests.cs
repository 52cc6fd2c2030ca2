using System.Diagnostics;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Dhcp.Tests.Codec;
using NetBootFabric.Sockets;
using NetBootFabric.Testing;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;
using static NetBootFabric.Dhcp.Tests.Server.RoomDirectory;

namespace NetBootFabric.Dhcp.Tests.Server;

/// <summary>Another DHCP server on the wire, between two network namespaces.</summary>
public sealed class DhcpWatcherTests : IDisposable
{
    private static readonly MacAddress Stranger = MacAddress.Parse("52:54:00:00:00:03");

    private readonly NetworkNamespace _head = new();
    private readonly NetworkNamespace _room = new();
    private readonly OtherDhcpServers _others = new(address => address == Ip("10.77.0.1"));
    private readonly DhcpCounters _counters = new();
    private readonly DhcpWatcher _watcher;
    private readonly RawClient _other;

    public DhcpWatcherTests()
    {
        _head.Join(_room, "head0", "room0", "52:54:00:00:00:01", Stranger.ToString());
        _watcher = _head.Run(() => DhcpWatcher.Start(InterfaceTable.Get("head0"), _others, _counters, TimeProvider.System));
        _other = _room.Run(() => new RawClient(InterfaceTable.Get("room0").Index, Stranger));
    }

    [Fact]
    public void The_OFFER_of_another_server_is_heard_with_whom_it_was_for()
    {
        Say(Answer(2, [10, 77, 0, 3]));
        Await(() => _others.To(Packets.Client) is not null);

        Assert.Equal((Ip("10.77.0.3"), DhcpMessageType.Offer, Ip("10.77.5.5")), (_others.To(Packets.Client)!.Server, _others.To(Packets.Client)!.Type, _others.To(Packets.Client)!.Offered));
        var server = Assert.Single(_others.All);
        Assert.Equal((Ip("10.77.0.3"), "head0", Stranger, 1), (server.Address, server.Interface, server.Mac!.Value, server.Answers));
    }

    [Fact]
    public void Questions_our_own_answers_and_nonsense_are_no_servers()
    {
        Say(Packets.Request((53, [1])));
        Say(Answer(2, [10, 77, 0, 1]));
        Say([1, 2, 3]);
        Say(Answer(5, [10, 77, 0, 4]), port: 69);
        Say(Answer(5, [10, 77, 0, 3]));
        Await(() => _others.All.Length > 0);

        Assert.Equal(Ip("10.77.0.3"), Assert.Single(_others.All).Address);
        Assert.Equal(0, _counters.Faults);
    }

    public void Dispose()
    {
        _watcher.Dispose();
        _other.Dispose();
        _counters.Dispose();
        _head.Dispose();
        _room.Dispose();
    }

    private void Say(byte[] message, ushort port = 68) => _other.Send(message, from: Ip("10.77.0.3"), fromPort: 67, port: port);

    /// <summary>A client's packet made a server's: op 2, yiaddr 10.77.5.5.</summary>
    private static byte[] Answer(byte type, byte[] server)
    {
        var message = Packets.Request((53, [type]), (54, server));
        message[0] = 2;
        ((byte[])[10, 77, 5, 5]).CopyTo(message, 16);
        return message;
    }

    private static void Await(Func<bool> condition)
    {
        var limit = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(limit.Elapsed < TimeSpan.FromSeconds(20), "did not come about");
            Thread.Yield();
        }
    }
}
