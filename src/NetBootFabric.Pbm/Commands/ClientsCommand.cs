using System.CommandLine;
using System.Text.Json;
using NetBootFabric.AdminApi;
using NetBootFabric.Pbm.Show;

namespace NetBootFabric.Pbm.Commands;

internal static class ClientsCommand
{
    public static Command Build(CommonOptions common)
    {
        var phase = new Option<string?>("--phase") { Description = "Only clients in this phase, e.g. Failed" };
        var command = new Command("clients", "Every client: name, address, phase and since when") { phase };
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, async (client, json) =>
        {
            var path = parsed.GetValue(phase) is { } wanted ? $"{AdminRoutes.Clients}?phase={Uri.EscapeDataString(wanted)}" : AdminRoutes.Clients;
            var clients = await client.GetAsync(path, AdminJson.Default.IReadOnlyListClientSummary, cancellation);
            if (json) CommonOptions.PrintJson(JsonSerializer.Serialize(clients, AdminJson.Default.IReadOnlyListClientSummary));
            else CommonOptions.Print(ClientTable.Render(clients, DateTimeOffset.UtcNow));
            return 0;
        }));
        return command;
    }
}
