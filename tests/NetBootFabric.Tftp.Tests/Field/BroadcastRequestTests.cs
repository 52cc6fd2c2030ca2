using NetBootFabric.Boot.Events;
using NetBootFabric.Testing;
using NetBootFabric.Tftp.Tests.Serving;

namespace NetBootFabric.Tftp.Tests.Field;

/// <summary>Switches and phones that ask all TFTP servers for their configuration. Takes root.</summary>
public sealed class BroadcastRequestTests : IDisposable
{
    private readonly NetworkNamespace _server = new(), _client = new();

    public BroadcastRequestTests()
    {
        _server.Join(_client, "eth0", "eth0", "02:00:00:00:09:01", "02:00:00:00:09:02");
        _server.Here("address add 10.9.0.1/24 broadcast 10.9.0.255 dev eth0");
        _client.Here("address add 10.9.0.2/24 broadcast 10.9.0.255 dev eth0");
    }

    public void Dispose()
    {
        _server.Dispose();
        _client.Dispose();
    }

    [Fact]
    public void A_request_by_broadcast_gets_no_answer_and_the_operator_is_told_once()
    {
        var alarms = new WireAlarms(TimeProvider.System);
        var told = new List<string>();
        alarms.Told += told.Add;
        using var server = _server.Run(() => new ServerUnderTest(new TftpServerOptions { Workers = 1 }, alarms: alarms));
        server.Content.Add("network-confg", 100);
        using var broadcast = _client.Run(() => new LoopbackClient("10.9.0.255", server.Port, "10.9.0.2"));
        using var unicast = _client.Run(() => new LoopbackClient("10.9.0.1", server.Port, "10.9.0.2"));

        broadcast.Ask("network-confg");
        broadcast.Ask("network\u001bconfg", mode: "netascii");
        broadcast.Ask("network-confg");
        unicast.AssertSilent(); // what came before is dealt with

        Assert.StartsWith("10.9.0.2 asks every TFTP server for 'network-confg' by broadcast", Assert.Single(told),
            StringComparison.Ordinal);
        Assert.Contains("2 times", Assert.Single(alarms.Standing), StringComparison.Ordinal);
        Assert.Equal(0, server.Content.Opened);
    }
}
