using System.CommandLine;
using NetBootFabric.AdminApi.Why;
using NetBootFabric.Pbm.Show;

namespace NetBootFabric.Pbm.Commands;

internal static class WhyCommand
{
    public static Command Build(CommonOptions common)
    {
        var who = new Argument<string?>("client") { Description = "MAC address or name; without it, every client that does not get on, by cause", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("why", "Why a client does not boot: where, by what evidence, and what to do") { who };
        command.SetAction((parsed, cancellation) => parsed.GetValue(who) is { } named
            ? common.ShowAsync(parsed, WhyRoutes.Of(named), WhyJson.Default.WhyView, WhyPage.Render, cancellation)
            : common.ShowAsync(parsed, WhyRoutes.All, WhyJson.Default.WhyReport, WhyTable.Render, cancellation));
        return command;
    }
}
