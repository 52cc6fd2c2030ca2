using NetBootFabric.Storage.Tests.Kill;
using NetBootFabric.Storage.Tests.Measuring;
using NetBootFabric.Storage.Tests.Postgres;

namespace NetBootFabric.Storage.Tests;

/// <summary>The test assembly as a program: <c>dotnet exec NetBootFabric.Storage.Tests.dll write STORE ROUND</c>, <c>pause STORE</c>, <c>measure FOLDER [postgres | fences]</c> or <c>measure beats</c>.</summary>
public static class Program
{
    public static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["write", var database, var round]:
                KilledWriter.Run(database, int.Parse(round, System.Globalization.CultureInfo.InvariantCulture));
                return 0;
            case ["pause", var database]:
                PausedWriter.Run(database);
                return 0;
            case ["measure", var folder, "fences"]:
                using (var server = new PostgresServer()) StoreMeasurement.Run(folder, server, isFenced: true);
                return 0;
            case ["measure", "beats"]:
                using (var server = new PostgresServer()) BeatMeasurement.Run(server);
                return 0;
            case ["measure", var folder]:
                StoreMeasurement.Run(folder, null);
                return 0;
            case ["measure", var folder, "postgres"]:
                using (var server = new PostgresServer()) StoreMeasurement.Run(folder, server);
                return 0;
            default:
                Console.Error.WriteLine("write STORE ROUND | pause STORE | measure FOLDER [postgres | fences] | measure beats");
                return 2;
        }
    }
}
