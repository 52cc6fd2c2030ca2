using System.Diagnostics;
using System.Globalization;
using System.Net;
using NetBootFabric.Content;
using NetBootFabric.HttpBoot;
using NetBootFabric.Testing;

// http-path FOLDER ADDRESS:PORT: serves a folder by the HTTP boot server alone, without a head node around it, for load generators. Prints a line a second while something
// happens: downloads that run and that wait, octets allocated, collections, processor time. Ends with its input.
var room = new EmptyRoom();
using var content = new BootContentSource(new BootContentOptions(args[0]), room, room, TimeProvider.System);
var options = new HttpBootOptions { Listen = [IPEndPoint.Parse(args[1])], MaximumConnectionsPerClient = 20_000 };
await using var server = new HttpBootServer(options, content, room, TimeProvider.System);
await server.StartAsync(CancellationToken.None);
var ended = Console.In.ReadToEndAsync();
var told = TimeSpan.Zero;
using var seconds = new PeriodicTimer(TimeSpan.FromSeconds(1));
while (!ended.IsCompleted)
{
    await seconds.WaitForNextTickAsync();
    var spent = Process.GetCurrentProcess().TotalProcessorTime;
    if (spent - told < TimeSpan.FromMilliseconds(50) && server.Active == 0) continue;
    told = spent;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"running {server.Active - server.Held,5} waiting {server.Held,5} allocated {GC.GetTotalAllocatedBytes() >> 10,9} KiB heap {GC.GetTotalMemory(false) >> 10,7} KiB collections {GC.CollectionCount(0),4} cpu {spent.TotalSeconds:0.00} s faults {server.Faults}"));
}
