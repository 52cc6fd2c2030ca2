using System.CommandLine;
using NetBootFabric.AdminApi.Packets;
using NetBootFabric.Pbm.Api;
using NetBootFabric.Pbm.Show;

namespace NetBootFabric.Pbm.Commands;

internal static class PacketsCommand
{
    public static Command Build(CommonOptions common)
    {
        var who = new Argument<string>("client") { Description = "MAC address or name" };
        var pcap = new Option<string?>("--pcap") { Description = "Write them to this file as a capture for Wireshark or tshark; - is standard output" };
        var boot = new Option<string?>("--boot") { Description = "current: the boot going on, and what came before it (default). failed: the last boot that failed" };
        boot.AcceptOnlyFromAmong(PacketsRoutes.Current, PacketsRoutes.Failed);
        var details = new Option<bool>("--details") { Description = "Each packet's fields and options too" };
        var command = new Command("packets", "The last packets of a client and what was decided about them, from all head nodes") { who, pcap, boot, details };
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, async (client, json) =>
        {
            var (name, which) = (parsed.GetValue(who)!, parsed.GetValue(boot));
            if (parsed.GetValue(pcap) is { } file) return await CaptureAsync(client, PacketsRoutes.Of(name, PacketsRoutes.Capture, which), file, cancellation);
            var view = await client.GetAsync(PacketsRoutes.Of(name, PacketsRoutes.Packets, which), PacketsJson.Default.PacketsView, cancellation);
            CommonOptions.Print(view, PacketsJson.Default.PacketsView, json, answer => PacketTable.Render(answer, parsed.GetValue(details)));
            return 0;
        }));
        return command;
    }

    private static async Task<int> CaptureAsync(AdminClient client, string path, string file, CancellationToken cancellation)
    {
        if (file == "-")
        {
            await using var output = Console.OpenStandardOutput();
            await client.DownloadAsync(path, output, cancellation);
            return 0;
        }
        await using var capture = new MemoryStream();
        await client.DownloadAsync(path, capture, cancellation);
        try
        {
            await File.WriteAllBytesAsync(file, capture.ToArray(), cancellation);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            throw new AdminException($"can't write {file}: {refused.Message}", AdminException.Refused);
        }
        return 0;
    }
}
