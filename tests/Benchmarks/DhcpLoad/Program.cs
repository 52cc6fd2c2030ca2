using System.Text.Json;
using NetBootFabric.Benchmarks.DhcpLoad;
using NetBootFabric.Benchmarks.Shared;

if (LoadOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(LoadOptions.Help);
    return 2;
}

// The exchange of a client more, so that nothing is compiled while the clock runs.
using (var first = new LoadRun(options with { Clients = 1, FirstMac = new(options.FirstMac.Value - 1) })) first.Run();

using var run = new LoadRun(options);
var seconds = run.Run().TotalSeconds;
var book = run.Book;
Console.WriteLine(JsonSerializer.Serialize(new
{
    clients = options.Clients,
    completed = book.Completed,
    seconds,
    exchangesPerSecond = book.Completed / seconds,
    p50 = Percentiles.Of(book.Milliseconds, 50),
    p99 = Percentiles.Of(book.Milliseconds, 99),
    repeated = book.Repeated,
    refused = book.Refused,
    doubled = book.Doubled,
    generatorCpu = Environment.CpuUsage.TotalTime.TotalSeconds,
}));
return book.Completed == options.Clients && book.Doubled == 0 ? 0 : 1;
