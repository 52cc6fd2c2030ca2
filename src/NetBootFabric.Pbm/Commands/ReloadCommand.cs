using System.CommandLine;
using System.Text.Json;
using NetBootFabric.AdminApi;

namespace NetBootFabric.Pbm.Commands;

internal static class ReloadCommand
{
    public static Command Build(CommonOptions common)
    {
        var command = new Command("reload", "Has the head node read its configuration again; says what is wrong with it");
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, async (client, json) =>
        {
            var result = await client.PostAsync(AdminRoutes.Reload, AdminJson.Default.ReloadResult, cancellation);
            if (json) CommonOptions.PrintJson(JsonSerializer.Serialize(result, AdminJson.Default.ReloadResult));
            else Show(result);
            return result.Applied ? 0 : 1;
        }));
        return command;
    }

    private static void Show(ReloadResult result)
    {
        foreach (var line in result.Mistakes.Concat(result.Warnings)) Console.Out.WriteLine(line);
        Console.Out.WriteLine(result.Applied ? "The new configuration is in force." : "The running configuration stays in force.");
    }
}
