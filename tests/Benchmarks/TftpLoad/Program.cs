using System.Diagnostics;
using System.Globalization;
using NetBootFabric.TftpLoad;

if (LoadOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(LoadOptions.Help);
    return 2;
}

var expected = options.Verify is { } path ? File.ReadAllBytes(path) : null;
var downloads = Enumerable.Range(0, options.Clients).Select(_ => new Download(options, expected)).ToArray();
using var epoll = new Epoll();
for (var i = 0; i < downloads.Length; i++) epoll.Watch(downloads[i].Socket, i);

var buffer = new byte[66_000];
var cpuBefore = ServerCpu.Seconds(options.ServerPid);
var clock = Stopwatch.StartNew();
foreach (var download in downloads) download.Ask(clock.ElapsedMilliseconds);
for (var (left, swept) = (downloads.Length, 0L); left > 0;)
{
    foreach (var ready in epoll.Wait(20))
    {
        var download = downloads[ready.Tag];
        if (download.IsOver) continue;
        download.Receive(buffer, clock.ElapsedMilliseconds);
        if (download.IsOver) left--;
    }
    if (clock.ElapsedMilliseconds - swept < 20) continue;
    swept = clock.ElapsedMilliseconds;
    foreach (var download in downloads)
    {
        if (download.IsOver || download.Deadline > swept) continue;
        download.Expire(swept);
        if (download.IsOver) left--;
    }
}

var seconds = clock.Elapsed.TotalSeconds;
var cpu = ServerCpu.Seconds(options.ServerPid) - cpuBefore;
var bytes = downloads.Sum(static d => d.Bytes);
var times = downloads.Where(static d => d.Failure is null).Select(static d => d.EndedAt).Order().ToArray();
long Percentile(int p) => times.Length == 0 ? -1 : times[(times.Length - 1) * p / 100];
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{options.Label,-24} {downloads.Length,5} {times.Length,5} {bytes / seconds / (1 << 20),8:F1} MiB/s {seconds,7:F2} s  rrq {downloads.Sum(static d => d.RequestsRepeated),5}  rep {downloads.Sum(static d => d.PacketsRepeated),6}  p50 {Percentile(50),6} p99 {Percentile(99),6} ms  cpu {cpu / bytes * (1 << 30),6:F2} s/GiB"));
foreach (var group in downloads.Where(static d => d.Failure is not null).GroupBy(static d => d.Failure)) Console.WriteLine($"  failed: {group.Count()} × {group.Key}");
return times.Length == downloads.Length ? 0 : 1;
