using System.CommandLine;
using System.Text.Json;
using NetBootFabric.AdminApi;
using NetBootFabric.Pbm.Show;

namespace NetBootFabric.Pbm.Commands;

internal static class ClientCommand
{
    public static Command Build(CommonOptions common)
    {
        var who = new Argument<string>("client") { Description = "MAC address or name" };
        var command = new Command("client", "One client: phases with times, DHCP exchanges, downloads, failure, earlier boots") { who };
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, async (client, json) =>
        {
            var detail = await client.GetAsync(AdminRoutes.Client + Uri.EscapeDataString(parsed.GetValue(who)!), AdminJson.Default.ClientDetail, cancellation);
            if (json) CommonOptions.PrintJson(JsonSerializer.Serialize(detail, AdminJson.Default.ClientDetail));
            else CommonOptions.Print(ClientPage.Render(detail, DateTimeOffset.UtcNow));
            return 0;
        }));
        return command;
    }
}
