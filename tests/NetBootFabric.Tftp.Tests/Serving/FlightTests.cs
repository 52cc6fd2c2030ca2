using NetBootFabric.Testing.Flights;
using NetBootFabric.Wire;

namespace NetBootFabric.Tftp.Tests.Serving;

/// <summary>What the flight recorder is told of transfers.</summary>
public sealed class FlightTests : IDisposable
{
    private readonly FlightLines _flight = new(MacAddress.Parse("52:54:00:77:00:01"));
    private readonly ServerUnderTest _server;

    public FlightTests() => _server = new ServerUnderTest(recorder: _flight.Recorder);

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_transfer_is_its_request_its_options_its_first_and_last_block_and_how_it_ended()
    {
        _server.Content.Add("file", 3500);
        using var client = _server.Client();
        client.Get("file", "blksize=1000", 1000, 1);

        FlightLines.Await(() => _flight.Lines.Any(line => line.StartsWith('*')));
        Assert.Equal(
            ["< RRQ \"file\" octet blksize=1000", "> OACK blksize=1000", "> DATA block 1, 1000 octets", "> DATA block 4, 500 octets", "* file: sent, 3500 of 3500 octets"],
            _flight.Lines.Select(line => line.StartsWith('*') ? line.Split(',')[0] + "," + line.Split(',')[1] : line));
    }

    [Fact]
    public void What_is_refused_is_the_ERROR_that_was_sent()
    {
        using var client = _server.Client();
        client.Ask("nothing");
        client.Next();
        Assert.Equal(["< RRQ \"nothing\" octet", "> ERROR 1 \"file not found\""], _flight.Lines);
    }

    [Fact]
    public void What_a_client_gives_up_with_is_the_ERROR_that_came()
    {
        _server.Content.Add("file", 3500);
        using var client = _server.Client();
        client.Ask("file", "tsize=0");
        client.Next();
        client.Error(8);
        FlightLines.Await(() => _flight.Lines.Count == 4);
        Assert.Equal(["< ERROR 8 \"no\"", "* file: only its size was asked for, 0 of 3500 octets, 0 packets sent again"], _flight.Lines.Skip(2).Select(line => line.Replace("1 packets", "0 packets", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_block_that_stays_unanswered_is_seen_again()
    {
        _server.Content.Add("file", 3500);
        using var client = _server.Client();
        client.Ask("file");
        client.Next();
        client.Next();
        FlightLines.Await(() => _flight.Again.Count > 0);
        Assert.Equal("> DATA block 1, 512 octets", _flight.Again[0]);
    }
}
