using System.Text.Json;
using NetBootFabric.Benchmarks.Shared;
using NetBootFabric.Benchmarks.TftpLoad;

if (LoadOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(LoadOptions.Help);
    return 2;
}

using var run = new LoadRun(options);
var seconds = run.Run().TotalSeconds;
var times = run.Downloads.Where(static d => d.Failure is null).Select(static d => d.EndedAt.TotalSeconds).ToArray();
var octets = run.Downloads.Sum(static d => d.Octets);
Console.WriteLine(JsonSerializer.Serialize(new
{
    clients = options.Clients,
    completed = times.Length,
    seconds,
    octets,
    mibPerSecond = octets / seconds / (1 << 20),
    requestsRepeated = run.Downloads.Sum(static d => d.RequestsRepeated),
    acksRepeated = run.Downloads.Sum(static d => d.AcksRepeated),
    p50 = Percentiles.Of(times, 50),
    p99 = Percentiles.Of(times, 99),
    droppedHere = run.Drops,
    generatorCpu = Environment.CpuUsage.TotalTime.TotalSeconds,
    failures = run.Downloads.Where(static d => d.Failure is not null).GroupBy(static d => d.Failure!).ToDictionary(static g => g.Key, static g => g.Count()),
}));
return times.Length == options.Clients ? 0 : 1;
