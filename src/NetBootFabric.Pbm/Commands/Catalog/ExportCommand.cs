using System.CommandLine;
using NetBootFabric.AdminApi.Catalog;

namespace NetBootFabric.Pbm.Commands.Catalog;

internal static class ExportCommand
{
    public static Command Build(CommonOptions common)
    {
        var command = new Command("export", "All profiles, groups and nodes as YAML, which pbm apply takes");
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, async (client, _) =>
        {
            using var response = await client.RespondAsync(HttpMethod.Get, CatalogRoutes.Export, null, cancellation);
            Console.Out.Write(await response.Content.ReadAsStringAsync(cancellation));
            return 0;
        }));
        return command;
    }
}
