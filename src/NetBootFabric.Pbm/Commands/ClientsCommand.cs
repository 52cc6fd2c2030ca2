using System.CommandLine;
using NetBootFabric.AdminApi;
using NetBootFabric.Pbm.Show;

namespace NetBootFabric.Pbm.Commands;

internal static class ClientsCommand
{
    public static Command Build(CommonOptions common)
    {
        var phase = new Option<string?>("--phase") { Description = "Only clients in this phase, e.g. Failed" };
        var command = new Command("clients", "Every client: name, address, phase and since when") { phase };
        command.SetAction((parsed, cancellation) =>
        {
            var wanted = parsed.GetValue(phase);
            var path = wanted is null ? AdminRoutes.Clients : $"{AdminRoutes.Clients}?phase={Uri.EscapeDataString(wanted)}";
            return common.ShowAsync(parsed, path, AdminJson.Default.IReadOnlyListClientSummary, clients => ClientTable.Render(clients, wanted, DateTimeOffset.UtcNow, Terminal.Width), cancellation);
        });
        return command;
    }
}
