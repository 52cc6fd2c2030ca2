using System.CommandLine;
using System.Text.Json;
using NetBootFabric.AdminApi.Storms;
using NetBootFabric.Pbm.Api;
using NetBootFabric.Pbm.Show;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetBootFabric.Pbm.Commands;

internal static class StormCommand
{
    private static readonly TimeSpan Redraw = TimeSpan.FromSeconds(1);

    public static Command Build(CommonOptions common)
    {
        var once = new Option<bool>("--once") { Description = "Show it once and end, also while it goes on" };
        var wait = new Option<bool>("--wait") { Description = "Wait for the next storm when none goes on" };
        var command = new Command("storm", "Many clients booting at once: how far they are, the rate, who is behind, what failed; until it ends") { once, wait };
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, async (client, json) =>
        {
            var storm = await GetAsync(client, cancellation);
            var follows = !parsed.GetValue(once) && (storm.State == "running" || parsed.GetValue(wait));
            if (!follows) CommonOptions.Print(storm, StormJson.Default.StormView, json, Render);
            else if (json) await WriteAsync(client, storm, cancellation);
            else if (Console.IsOutputRedirected) CommonOptions.Print(Render(await EndAsync(client, storm, _ => { }, cancellation)));
            else await DrawAsync(client, storm, cancellation);
            return 0;
        }));
        return command;
    }

    private static Task<StormView> GetAsync(AdminClient client, CancellationToken cancellation) => client.GetAsync(StormRoutes.Storm, StormJson.Default.StormView, cancellation);

    /// <summary>A line each second.</summary>
    private static Task WriteAsync(AdminClient client, StormView storm, CancellationToken cancellation) => EndAsync(client, storm, each => CommonOptions.PrintJson(Json(each)), cancellation);

    private static Task DrawAsync(AdminClient client, StormView storm, CancellationToken cancellation) =>
        AnsiConsole.Live(Render(storm)).Overflow(VerticalOverflow.Crop).Cropping(VerticalOverflowCropping.Bottom).StartAsync(context => EndAsync(client, storm, each =>
        {
            context.UpdateTarget(Render(each));
            context.Refresh();
        }, cancellation));

    /// <summary>Asks each second until the storm has ended; one that had ended before does not count.</summary>
    private static async Task<StormView> EndAsync(AdminClient client, StormView storm, Action<StormView> show, CancellationToken cancellation)
    {
        var ran = false;
        while (true)
        {
            show(storm);
            ran |= storm.State == "running";
            if (ran && storm.State != "running") return storm;
            await Task.Delay(Redraw, cancellation);
            storm = await GetAsync(client, cancellation);
        }
    }

    private static IRenderable Render(StormView storm) => StormTable.Render(storm, Terminal.Width);

    private static string Json(StormView storm) => JsonSerializer.Serialize(storm, StormJson.Default.StormView);
}
