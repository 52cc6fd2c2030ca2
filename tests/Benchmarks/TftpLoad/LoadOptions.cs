using NetBootFabric.Benchmarks.Shared;
using NetBootFabric.Sockets;

namespace NetBootFabric.Benchmarks.TftpLoad;

/// <summary>What the command line says.</summary>
internal sealed record LoadOptions
{
    public const string Help = """
        tftp-load --server ADDRESS[:PORT] --file NAME [options]
          --clients N     at once (1)
          --first ADDRESS source address of the first client, the others count up; this machine must own them, as by
                          'ip route add local 10.65.0.0/16 dev lo'. Without it all have one address, and ports of their own are not given:
                          one client only
          --blksize N     (1468); 0 asks for no options
          --window N      windowsize (1: not asked for)
          --verify PATH   a local copy; every octet is compared
          --timeout S     a client repeats an unanswered packet after so many seconds (1)
          --retries N     and fails after so many repetitions (5)
          --limit S       the end for all (600)
        One thread, one socket, recvmmsg and sendmmsg. Prints one line of JSON.
        """;

    public required UdpEndpoint Server { get; init; }
    public required string File { get; init; }
    public int Clients { get; init; } = 1;
    public uint FirstAddress { get; init; }
    public int BlockSize { get; init; } = 1468;
    public int WindowSize { get; init; } = 1;
    public string Verify { get; init; } = "";
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
                Server = given.Endpoint("server", 69),
                File = given.Text("file"),
                Clients = given.Number("clients", 1),
                FirstAddress = given.Address("first"),
                BlockSize = given.Number("blksize", 1468),
                WindowSize = given.Number("window", 1),
                Verify = given.Text("verify"),
                Timeout = given.Seconds("timeout", 1),
                Retries = given.Number("retries", 5),
                Limit = given.Seconds("limit", 600),
            };
            return options.File.Length == 0 || (options.Clients > 1 && options.FirstAddress == 0) ? null : options;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
