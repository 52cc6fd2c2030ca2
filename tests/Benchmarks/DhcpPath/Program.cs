using NetBootFabric.Benchmarks;

// dhcp-path [CLIENTS [IN-FLIGHT [ROUNDS [--types]]]]: new clients through a whole DHCP exchange, from the parsed packet to the committed lease and the
// answer, without sockets. Each round has clients of its own; the first ones warm up. Printed per round: exchanges per second, and for one exchange the
// processor time, allocation, times that a thread waited, and pause for garbage collection; items in one commit; collections; memory.
// --types: the octets allocated for an exchange by type, too.
var clients = args.Length > 0 ? int.Parse(args[0]) : 20_000;
var inFlight = args.Length > 1 ? int.Parse(args[1]) : 64;
var rounds = args.Length > 2 ? int.Parse(args[2]) : 4;
using var tally = args is [.., "--types"] ? new AllocationTally() : null;
var folder = Directory.CreateTempSubdirectory("dhcp-path");
try
{
    await using var node = await PathUnderTest.StartAsync(Path.Combine(folder.FullName, "fabric.db"));
    Console.WriteLine($"{"round",5} {"per s",9} {"µs CPU",8} {"octets",8} {"waits",8} {"in commit",10} {"GC 0/1/2",12} {"µs GC",8} {"MiB",6}");
    for (var round = 1; round <= rounds; round++)
    {
        var before = Sample.Take(node);
        await node.ExchangeAsync((ulong)round << 24, clients, inFlight);
        Sample.Take(node).Print(round, before, clients);
        Console.WriteLine($"      actors {await node.ActorsAsync()}");
    }
    tally?.Print(clients * rounds);
}
finally
{
    folder.Delete(recursive: true);
}
