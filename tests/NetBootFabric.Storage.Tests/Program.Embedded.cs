using NetBootFabric.Storage.Tests.Kill;
using NetBootFabric.Storage.Tests.Measuring;

namespace NetBootFabric.Storage.Tests;

/// <summary>The test assembly as a program: <c>dotnet exec NetBootFabric.Storage.Tests.dll write DATABASE ROUND</c> or <c>measure FOLDER</c>.</summary>
public static class Program
{
    public static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["write", var database, var round]:
                KilledWriter.Run(database, int.Parse(round, System.Globalization.CultureInfo.InvariantCulture));
                return 0;
            case ["measure", var folder]:
                StoreMeasurement.Run(folder);
                return 0;
            default:
                Console.Error.WriteLine("write DATABASE ROUND | measure FOLDER");
                return 2;
        }
    }
}
