using System.CommandLine;
using System.Text.Json;
using NetBootFabric.AdminApi;
using NetBootFabric.Pbm.Show;

namespace NetBootFabric.Pbm.Commands;

internal static class WatchCommand
{
    public static Command Build(CommonOptions common)
    {
        var all = new Option<bool>("--all") { Description = "Begin with the present phase of every client" };
        var command = new Command("watch", "Each phase as a client enters it, until interrupted") { all };
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, async (client, json) =>
        {
            var path = parsed.GetValue(all) ? AdminRoutes.Watch + "?all=true" : AdminRoutes.Watch;
            await foreach (var seen in client.StreamAsync(path, AdminJson.Default.WatchEvent, cancellation))
                Console.Out.WriteLine(json ? JsonSerializer.Serialize(seen, AdminJson.Default.WatchEvent) : WatchLine.Render(seen));
            await Console.Error.WriteLineAsync("pbm: the head node ended the stream (it stops or restarts)");
            return 2;
        }));
        return command;
    }
}
