using System.CommandLine;
using System.CommandLine.Completions;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Access;
using NetBootFabric.Pbm.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetBootFabric.Pbm.Commands;

/// <summary>The options of every command, and how every command runs.</summary>
internal sealed class CommonOptions
{
    private readonly Option<string> _server = new("--server")
    {
        Description = $"Admin API of any head node, host:port. Default: $PBM_SERVER, else 127.0.0.1:{AdminRoutes.DefaultPort}",
        Recursive = true,
        DefaultValueFactory = _ => Variable("PBM_SERVER") ?? $"127.0.0.1:{AdminRoutes.DefaultPort}",
    };

    private readonly Option<string?> _tokenFile = new("--token-file")
    {
        Description = "File with the token to show. Default: $PBM_TOKEN_FILE, $PBM_TOKEN, what netbootd left for root on this machine, ~/.config/netboot-fabric/token",
        Recursive = true,
    };

    private readonly Option<string?> _fingerprint = new("--fingerprint")
    {
        Description = "SHA256:… of the key that a head node elsewhere has to show. Default: $PBM_FINGERPRINT, else this machine's authorities vouch for it",
        Recursive = true,
    };

    private readonly Option<bool> _json = new("--json") { Description = "JSON for scripts instead of a table; streams write a line an event", Recursive = true };

    public IEnumerable<Option> All => [_server, _tokenFile, _fingerprint, _json];

    /// <summary>Asks a route and shows the answer: as it is with --json, or as <paramref name="render"/> makes it.</summary>
    public Task<int> ShowAsync<T>(ParseResult parsed, string path, JsonTypeInfo<T> type, Func<T, IRenderable> render, CancellationToken cancellation) =>
        RunAsync(parsed, async (client, json) =>
        {
            Print(await client.GetAsync(path, type, cancellation), type, json, render);
            return 0;
        });

    /// <summary>Runs a command against the admin API; what fails is said on standard error.</summary>
    /// <returns>0 done, 1 the fabric said no, 2 no head node reached.</returns>
    public async Task<int> RunAsync(ParseResult parsed, Func<AdminClient, bool, Task<int>> command)
    {
        try
        {
            using var client = Connect(parsed);
            return await command(client, parsed.GetValue(_json));
        }
        catch (AdminException refused)
        {
            await Console.Error.WriteLineAsync($"pbm: {refused.Message}");
            return refused.ExitCode;
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            await Console.Error.WriteLineAsync($"pbm: the head node went away ({broken.Message})");
            return AdminException.Unreachable;
        }
        catch (OperationCanceledException)
        {
            return 130; // as shells do for SIGINT: 128 + 2
        }
    }

    /// <summary>Names that a head node knows, for a shell's completion: it gets a moment to answer, and silence is no error.</summary>
    public Func<CompletionContext, IEnumerable<CompletionItem>> Complete<T>(string path, JsonTypeInfo<T> type, Func<T, IEnumerable<string>> names) => context =>
    {
        // Help asks too, and is not to wait for a head node.
        if (context is not TextCompletionContext) return [];
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            using var client = Connect(context.ParseResult);
            return [.. names(Task.Run(() => client.GetAsync(path, type, limit.Token)).GetAwaiter().GetResult()).Select(name => new CompletionItem(name))];
        }
        catch (Exception silent) when (silent is AdminException or OperationCanceledException or IOException or HttpRequestException)
        {
            return [];
        }
    };

    public AdminClient Connect(ParseResult parsed)
    {
        var server = ServerAddress.Parse(parsed.GetValue(_server)!);
        var pin = parsed.GetValue(_fingerprint) ?? Variable("PBM_FINGERPRINT");
        if (pin is not null && !Fingerprint.IsOne(pin)) throw new AdminException($"'{pin}' is no fingerprint: 'pbm status' on the head node itself shows it, SHA256: and 43 characters", AdminException.Refused);
        return new AdminClient(server, new TokenSource(parsed.GetValue(_tokenFile)).Find(server), pin);
    }

    /// <summary>An answer for scripts or for people.</summary>
    public static void Print<T>(T answer, JsonTypeInfo<T> type, bool json, Func<T, IRenderable> render)
    {
        if (json) PrintJson(JsonSerializer.Serialize(answer, type));
        else Print(render(answer));
    }

    public static void PrintJson(string json) => Console.Out.WriteLine(json);

    public static void Print(IRenderable table) => AnsiConsole.Write(table);

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
