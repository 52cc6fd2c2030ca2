using System.CommandLine;
using System.Text.Json;
using NetBootFabric.AdminApi;
using NetBootFabric.Pbm.Show;
using Spectre.Console;

namespace NetBootFabric.Pbm.Commands;

internal static class ClientsCommand
{
    public static Command Build(CommonOptions common)
    {
        var phase = new Option<string?>("--phase") { Description = "Only clients in this phase, e.g. Failed" };
        var command = new Command("clients", "Every client: name, address, phase and since when") { phase };
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, async (client, json) =>
        {
            var wanted = parsed.GetValue(phase);
            var path = wanted is null ? AdminRoutes.Clients : $"{AdminRoutes.Clients}?phase={Uri.EscapeDataString(wanted)}";
            var clients = await client.GetAsync(path, AdminJson.Default.IReadOnlyListClientSummary, cancellation);
            if (json) CommonOptions.PrintJson(JsonSerializer.Serialize(clients, AdminJson.Default.IReadOnlyListClientSummary));
            else CommonOptions.Print(ClientTable.Render(clients, wanted, DateTimeOffset.UtcNow, AnsiConsole.Profile.Width));
            return 0;
        }));
        return command;
    }
}
