using System.CommandLine;
using NetBootFabric.AdminApi;
using NetBootFabric.Pbm.Show;

namespace NetBootFabric.Pbm.Commands;

internal static class ClientsCommand
{
    public static Command Build(CommonOptions common)
    {
        var phase = new Option<string?>("--phase") { Description = "Only clients in this phase, e.g. Failed" };
        var group = new Option<string?>("--group") { Description = "Only clients in this group, or in one that it is a parent of" };
        var rack = new Option<string?>("--rack") { Description = "Only clients whose variable rack is this" };
        var age = new Option<string?>("--older-than") { Description = "Only clients that are in their phase for longer: 90s, 5m, 2h" };
        var sort = new Option<string?>("--sort") { Description = "name, phase, age (longest first), address, group, rack or loaded" };
        var command = new Command("clients", "Every client: name, address, phase and since when") { phase, group, rack, age, sort };
        command.SetAction((parsed, cancellation) =>
        {
            var wanted = parsed.GetValue(phase);
            (string, string?)[] asked = [("phase", wanted), ("group", parsed.GetValue(group)), ("rack", parsed.GetValue(rack)), ("olderThan", parsed.GetValue(age)), ("sort", parsed.GetValue(sort))];
            var query = string.Join('&', asked.Where(pair => pair.Item2 is not null).Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2!)}"));
            return common.ShowAsync(parsed, $"{AdminRoutes.Clients}?{query}", AdminJson.Default.IReadOnlyListClientSummary, clients => ClientTable.Render(clients, wanted, query.Length > 0, DateTimeOffset.UtcNow, Terminal.Width), cancellation);
        });
        return command;
    }
}
