namespace NetBootFabric.Sockets.Tests.Field;

/// <summary>An interface that became a part of a bridge, a bond …: its packets go there.</summary>
public sealed class BridgePortTests
{
    [Fact]
    public void An_interface_tells_what_it_is_a_port_of()
    {
        using var wire = new Wired();
        Assert.Equal("", wire.Server.Run(() => InterfaceTable.Get("eth0").PortOf));
        wire.Server.Here("link add name br0 type bridge");
        wire.Server.Here("link set eth0 master br0");
        Assert.Equal("bridge", wire.Server.Run(() => InterfaceTable.Get("eth0").PortOf));
        wire.Server.Here("link set eth0 nomaster");
        Assert.Equal("", wire.Server.Run(() => InterfaceTable.Get("eth0").PortOf));
    }
}
