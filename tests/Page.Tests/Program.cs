using Page.Tests.Measuring;

namespace Page.Tests;

/// <summary>The test assembly as a program: <c>dotnet exec Page.Tests.dll measure [CLIENTS [FOLDER]]</c> shows the page a storm and says what Chromium's trace has of its frames; with a folder, pictures go there.</summary>
public static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["measure", .. var rest]:
                var clients = rest.Length > 0 ? int.Parse(rest[0], System.Globalization.CultureInfo.InvariantCulture) : 10_000;
                return await PageMeasurement.RunAsync(clients, rest.Length > 1 ? rest[1] : null);
            default:
                await Console.Error.WriteLineAsync("measure [CLIENTS [FOLDER]]");
                return 2;
        }
    }
}
