using System.CommandLine;
using NetBootFabric.Pbm.Api;
using Spectre.Console;

namespace NetBootFabric.Pbm.Commands;

internal sealed record CommonOptions(Option<string> Server, Option<bool> Json)
{
    /// <summary>Runs a command against the admin API; what fails is said on standard error.</summary>
    /// <returns>0 done, 1 the fabric said no, 2 no head node reached.</returns>
    public async Task<int> RunAsync(ParseResult parsed, Func<AdminClient, bool, Task<int>> command)
    {
        try
        {
            using var client = new AdminClient(parsed.GetValue(Server)!);
            return await command(client, parsed.GetValue(Json));
        }
        catch (AdminException refused)
        {
            await Console.Error.WriteLineAsync($"pbm: {refused.Message}");
            return refused.ExitCode;
        }
        catch (IOException broken)
        {
            await Console.Error.WriteLineAsync($"pbm: the head node went away ({broken.Message})");
            return AdminException.Unreachable;
        }
        catch (OperationCanceledException)
        {
            return 130; // as shells do for SIGINT: 128 + 2
        }
    }

    public static void PrintJson(string json) => Console.Out.WriteLine(json);

    public static void Print(Spectre.Console.Rendering.IRenderable table)
    {
        // A pipe has no width: a table for grep and awk must not be folded.
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = 240;
            AnsiConsole.Profile.Capabilities.Ansi = false;
        }
        AnsiConsole.Write(table);
    }
}
