using System.CommandLine;
using NetBootFabric.AdminApi;
using NetBootFabric.Pbm.Show;

namespace NetBootFabric.Pbm.Commands;

internal static class ClientCommand
{
    public static Command Build(CommonOptions common)
    {
        var who = new Argument<string>("client") { Description = "MAC address or name" };
        who.CompletionSources.Add(common.Complete(AdminRoutes.Clients, AdminJson.Default.IReadOnlyListClientSummary, clients => clients.Select(client => client.Name)));
        var command = new Command("client", "One client: phases with times, DHCP exchanges, downloads, failure, earlier boots") { who };
        command.SetAction((parsed, cancellation) => common.ShowAsync(parsed, AdminRoutes.Client + Uri.EscapeDataString(parsed.GetValue(who)!), AdminJson.Default.ClientDetail,
            detail => ClientPage.Render(detail, DateTimeOffset.UtcNow), cancellation));
        return command;
    }
}
