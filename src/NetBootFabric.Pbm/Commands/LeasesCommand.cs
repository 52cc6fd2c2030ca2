using System.CommandLine;
using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Pbm.Show;

namespace NetBootFabric.Pbm.Commands;

internal static class LeasesCommand
{
    public static Command Build(CommonOptions common)
    {
        var running = new Option<bool>("--running") { Description = "Only addresses that are given now" };
        var command = new Command("leases", "Each address that was given: to whom and until when") { running };
        command.SetAction((parsed, cancellation) => common.ShowAsync(parsed, parsed.GetValue(running) ? $"{CatalogRoutes.Leases}?running=true" : CatalogRoutes.Leases,
            CatalogJson.Default.IReadOnlyListLeaseRow, LeaseTable.Render, cancellation));
        return command;
    }
}
