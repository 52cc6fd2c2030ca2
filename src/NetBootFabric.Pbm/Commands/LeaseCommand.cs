using System.CommandLine;
using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Pbm.Show;

namespace NetBootFabric.Pbm.Commands;

internal static class LeaseCommand
{
    public static Command Build(CommonOptions common) => new("lease", "One lease") { End(common) };

    private static Command End(CommonOptions common)
    {
        var who = new Argument<string>("lease") { Description = "Its address, or a MAC address: all of its leases" };
        var command = new Command("end", "Ends a lease: the address is free for others. For machines that are gone; one that runs goes on using it") { who };
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, async (client, json) =>
        {
            var ended = await client.SendAsync(HttpMethod.Delete, CatalogRoutes.Lease + Uri.EscapeDataString(parsed.GetValue(who)!), null, CatalogJson.Default.IReadOnlyListLeaseRow, cancellation);
            CommonOptions.Print(ended, CatalogJson.Default.IReadOnlyListLeaseRow, json, LeaseTable.Render);
            return 0;
        }));
        return command;
    }
}
