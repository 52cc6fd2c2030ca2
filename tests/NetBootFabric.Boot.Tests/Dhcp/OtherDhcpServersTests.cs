using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;
using static NetBootFabric.Boot.Tests.Dhcp.DhcpRoom;

namespace NetBootFabric.Boot.Tests.Dhcp;

public sealed class OtherDhcpServersTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch;
    private readonly HashSet<Ipv4Address> _ours = [Server];
    private readonly OtherDhcpServers _others;

    public OtherDhcpServersTests() => _others = new OtherDhcpServers(_ours.Contains);

    [Fact]
    public void What_is_heard_of_a_server_adds_up()
    {
        Hear("10.77.0.3", 1, At);
        Hear("10.77.0.3", 2, At.AddSeconds(5));

        var server = Assert.Single(_others.All);
        Assert.Equal((2, At, At.AddSeconds(5), new MacAddress(2)), (server.Answers, server.FirstHeard, server.LastHeard, server.LastClient));
        Assert.Equal(At, _others.To(new MacAddress(1))!.At);
        Assert.Null(_others.To(new MacAddress(3)));
    }

    [Fact]
    public void A_head_node_that_was_heard_before_it_was_known_is_none()
    {
        Hear("10.77.0.2", 1, At);
        _ours.Add(Ip("10.77.0.2"));

        Assert.Empty(_others.All);
        Assert.Null(_others.To(new MacAddress(1)));
    }

    [Fact]
    public void Made_up_servers_and_clients_fill_no_memory()
    {
        for (var i = 0; i < 100_000; i++) Hear($"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}", (ulong)i, At.AddSeconds(i));

        Assert.InRange(_others.All.Length, 1, 32);
        Assert.NotNull(_others.To(new MacAddress(99_999)));
        Assert.Null(_others.To(new MacAddress(0)));
    }

    private void Hear(string server, ulong client, DateTimeOffset at) =>
        _others.Heard(new MacAddress(9), new MacAddress(client), new OtherDhcpAnswer(Ip(server), DhcpMessageType.Offer, default, "eth1", at));
}
