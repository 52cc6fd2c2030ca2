using NetBootFabric.Benchmarks.Shared;
using NetBootFabric.Sockets;
using NetBootFabric.Wire;

namespace NetBootFabric.Benchmarks.DhcpLoad;

/// <summary>What the command line says.</summary>
internal sealed record LoadOptions
{
    public const string Help = """
        dhcp-load --server ADDRESS --relay ADDRESS [options]
          --relay ADDRESS one of this machine, the relay agent (giaddr) that the answers come to
          --clients N     each makes one exchange: DISCOVER, OFFER, REQUEST, ACK (10000)
          --in-flight N   exchanges at once: the next begins when one is over (32)
          --first-mac MAC of the first client, the others count up (02:62:00:00:00:00); the same again are the same clients
          --timeout S     a client repeats an unanswered packet after so many seconds (1)
          --retries N     and fails after so many repetitions (5)
          --limit S       the end for all (600)
        BIOS PXE clients behind a relay agent, in a closed loop. One thread, one socket, recvmmsg and sendmmsg. Prints one line of JSON.
        """;

    public required UdpEndpoint Server { get; init; }
    public required uint Relay { get; init; }
    public int Clients { get; init; } = 10_000;
    public int InFlight { get; init; } = 32;
    public MacAddress FirstMac { get; init; } = new(0x0262_0000_0000);
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);
    public int Retries { get; init; } = 5;
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>Null: the command line is wrong.</summary>
    public static LoadOptions? Parse(string[] args)
    {
        try
        {
            if (Arguments.Parse(args) is not { } given) return null;
            var options = new LoadOptions
            {
                Server = given.Endpoint("server", 67),
                Relay = given.Address("relay"),
                Clients = given.Number("clients", 10_000),
                InFlight = given.Number("in-flight", 32),
                FirstMac = MacAddress.Parse(given.Text("first-mac", "02:62:00:00:00:00")),
                Timeout = given.Seconds("timeout", 1),
                Retries = given.Number("retries", 5),
                Limit = given.Seconds("limit", 600),
            };
            return options.Relay == 0 || options.Clients < 1 || options.InFlight < 1 ? null : options;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
