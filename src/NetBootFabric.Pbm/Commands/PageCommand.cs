using System.CommandLine;
using NetBootFabric.AdminApi.Access;

namespace NetBootFabric.Pbm.Commands;

internal static class PageCommand
{
    public static Command Build(CommonOptions common)
    {
        var command = new Command("page", "Prints the URL of the live page, signed in: open it in a browser, show it to nobody");
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, async (client, _) =>
        {
            // Asked first, so that what is printed works.
            await client.GetAsync(AccessRoutes.Session, AccessJson.Default.SessionView, cancellation);
            Console.Out.WriteLine(client.Server.Uri.GetLeftPart(UriPartial.Authority) + AccessRoutes.PageToken + client.Token);
            return 0;
        }));
        return command;
    }
}
