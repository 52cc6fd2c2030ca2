using System.CommandLine;
using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Pbm.Api;

namespace NetBootFabric.Pbm.Commands.Catalog;

internal static class ApplyCommand
{
    public static Command Build(CommonOptions common)
    {
        var file = new Argument<string>("file") { Description = "YAML or JSON with profiles, groups and nodes; - is standard input. A head node's whole configuration will do" };
        var dryRun = Change.DryRun();
        var prune = new Option<bool>("--prune") { Description = "Also removes what the file's sections do not name" };
        var command = new Command("apply", "Adds and changes profiles, groups and nodes as a file says, all or nothing; shows what differs") { file, dryRun, prune };
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, async (client, json) =>
        {
            var path = $"{CatalogRoutes.Apply}?dryRun={Word(parsed.GetValue(dryRun))}&prune={Word(parsed.GetValue(prune))}";
            return await Change.SendAsync(client, json, HttpMethod.Post, path, Change.Text(await ReadAsync(parsed.GetValue(file)!, cancellation), "application/yaml"), null, cancellation);
        }));
        return command;
    }

    private static string Word(bool value) => value ? "true" : "false";

    private static async Task<string> ReadAsync(string file, CancellationToken cancellation)
    {
        try
        {
            return file == "-" ? await Console.In.ReadToEndAsync(cancellation) : await File.ReadAllTextAsync(file, cancellation);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new AdminException($"the file can't be read: {unreadable.Message}", AdminException.Refused);
        }
    }
}
