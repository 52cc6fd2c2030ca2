using Page.Tests.Measuring;

namespace Page.Tests;

/// <summary>The test assembly as a program: <c>dotnet exec Page.Tests.dll measure [CLIENTS [FOLDER]]</c> shows the page a storm and says what Chromium's trace has of its frames; with a folder, pictures go there. <c>watch</c> does the same with the page of a head node that runs.</summary>
public static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["measure", .. var rest]:
                var clients = rest.Length > 0 ? int.Parse(rest[0], System.Globalization.CultureInfo.InvariantCulture) : 10_000;
                return await PageMeasurement.RunAsync(clients, rest.Length > 1 ? rest[1] : null);
            case ["watch", var address, var tokenFile, .. var rest]:
                return await PageMeasurement.WatchAsync(address, (await File.ReadAllTextAsync(tokenFile)).Trim(), stop => Task.CompletedTask, rest.Length > 0 ? rest[0] : null);
            default:
                await Console.Error.WriteLineAsync("measure [CLIENTS [FOLDER]] | watch ADDRESS TOKENFILE [FOLDER]");
                return 2;
        }
    }
}
