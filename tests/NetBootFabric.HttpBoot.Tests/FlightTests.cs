using NetBootFabric.Testing.Flights;

namespace NetBootFabric.HttpBoot.Tests;

/// <summary>What the flight recorder is told of requests.</summary>
public sealed class FlightTests
{
    [Fact]
    public async Task Each_request_is_a_line_with_its_answer()
    {
        await using var server = await BootServer.StartAsync();
        server.Write("vmlinuz", 100_000);
        await server.Client.GetByteArrayAsync("vmlinuz");
        using var missing = await server.SendAsync(HttpMethod.Get, "missing");
        using var head = await server.SendAsync(HttpMethod.Head, "vmlinuz");

        FlightLines.Await(() => server.Flight.Lines.Count == 3);
        string[] expected = ["* GET /vmlinuz -> 200, 100000 octets in ", "* GET /missing -> 404, 0 octets in ", "* HEAD /vmlinuz -> 200, 0 octets in "];
        Assert.All(expected, line => Assert.Contains(server.Flight.Lines, said => said.StartsWith(line, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_download_that_is_cut_off_says_how_far_it_came_and_why()
    {
        await using var server = await BootServer.StartAsync();
        server.Write("initrd.img", 64 << 20); // more than both socket buffers hold
        using (var client = RawClient.Connect(server.Endpoint))
        {
            client.Send("GET /initrd.img HTTP/1.1\r\nHost: x\r\n\r\n");
            client.ReadHead();
        }
        FlightLines.Await(() => server.Flight.Lines.Count == 1);
        Assert.Matches(@"^\* GET /initrd.img -> 200, \d+ of 67108864 octets in [\d.]+ s, c", server.Flight.Lines[0]);
    }
}
