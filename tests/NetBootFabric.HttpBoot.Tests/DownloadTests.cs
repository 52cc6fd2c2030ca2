using NetBootFabric.Boot.Transfers;
using NetBootFabric.Wire;

namespace NetBootFabric.HttpBoot.Tests;

/// <summary>What is told of downloads to whoever takes an address over.</summary>
public sealed class DownloadTests
{
    private static readonly Ipv4Address Loopback = Ipv4Address.Parse("127.0.0.1");

    [Fact]
    public async Task A_download_is_told_with_both_its_ends_as_long_as_it_runs()
    {
        await using var server = await BootServer.StartAsync();
        server.Write("initrd.img", 64 << 20); // more than both socket buffers hold
        using var client = RawClient.Connect(server.Endpoint);
        client.Send("GET /initrd.img HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        client.ReadHead();
        Assert.Equal([new HttpDownload(Loopback, (ushort)server.Endpoint.Port, Loopback, (ushort)client.Local.Port)], server.Downloads());
        Assert.Empty(server.Downloads(TimeSpan.FromHours(1)));

        client.Dispose();
        await EndAsync(server);
    }

    [Fact]
    public async Task A_connection_that_waits_for_its_next_request_is_none()
    {
        await using var server = await BootServer.StartAsync();
        server.Write("vmlinuz", 100);
        using var client = RawClient.Connect(server.Endpoint);
        client.Send("GET /vmlinuz HTTP/1.1\r\nHost: x\r\n\r\n");
        client.ReadHead();
        await EndAsync(server);
        client.Send("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n");
        client.ReadHead();
        await EndAsync(server);
    }

    private static async Task EndAsync(BootServer server)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (server.Downloads().Count > 0) await Task.Delay(5, limit.Token);
    }
}
