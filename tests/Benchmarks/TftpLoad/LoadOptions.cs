using System.Globalization;
using System.Net;

namespace NetBootFabric.TftpLoad;

/// <summary>What the command line says.</summary>
internal sealed record LoadOptions
{
    public const string Help = """
        tftp-load --server HOST[:PORT] --file NAME [options]
          --clients N     at once (1)
          --blksize N     (1468); 0 asks for no options
          --window N      windowsize (1: not asked for)
          --verify PATH   a local copy; every octet is compared
          --server-pid N  also tells the CPU seconds that this process and its children took
          --label TEXT    first column of the result
        A client repeats an unanswered packet after 1 s and fails after 5 repetitions.
        Prints one line: label, clients, completed, MiB/s, seconds, RRQs repeated, packets repeated, p50 and p99 in ms, CPU s per GiB.
        """;

    public required IPEndPoint Server { get; init; }
    public required string File { get; init; }
    public int Clients { get; init; } = 1;
    public int BlockSize { get; init; } = 1468;
    public int WindowSize { get; init; } = 1;
    public string? Verify { get; init; }
    public int? ServerPid { get; init; }
    public string Label { get; init; } = "";

    /// <summary>Null: the command line is wrong.</summary>
    public static LoadOptions? Parse(string[] args)
    {
        var given = new Dictionary<string, string>();
        for (var i = 0; i + 1 < args.Length; i += 2) given[args[i]] = args[i + 1];
        if (args.Length % 2 != 0 || !given.TryGetValue("--server", out var server) || !given.TryGetValue("--file", out var file)) return null;
        if (!IPEndPoint.TryParse(server.Contains(':') ? server : server + ":69", out var endpoint)) return null;
        int Number(string name, int otherwise) => given.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        return new LoadOptions
        {
            Server = endpoint,
            File = file,
            Clients = Number("--clients", 1),
            BlockSize = Number("--blksize", 1468),
            WindowSize = Number("--window", 1),
            Verify = given.GetValueOrDefault("--verify"),
            ServerPid = given.ContainsKey("--server-pid") ? Number("--server-pid", 0) : null,
            Label = given.GetValueOrDefault("--label", ""),
        };
    }
}
