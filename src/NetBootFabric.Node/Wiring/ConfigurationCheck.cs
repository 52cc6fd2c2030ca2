using NetBootFabric.Node.Configuration;

namespace NetBootFabric.Node.Wiring;

/// <summary>netbootd check: what is wrong with a file, in words.</summary>
internal static class ConfigurationCheck
{
    /// <returns>0: no mistake. 1: mistakes, all of them printed.</returns>
    public static int Run(FileInfo file, TextWriter output)
    {
        var result = ConfigurationReader.ReadFile(file.ToString());
        foreach (var mistake in result.Mistakes) output.WriteLine(mistake);
        foreach (var warning in result.Warnings) output.WriteLine($"{warning} (a warning)");
        output.WriteLine(result.Options is { } options ? Summary(file, options) : $"{file}: {result.Mistakes.Count} mistake{(result.Mistakes.Count == 1 ? "" : "s")}");
        return result.Options is null ? 1 : 0;
    }

    private static string Summary(FileInfo file, NodeOptions options) =>
        $"{file}: no mistakes; {options.Room.Subnets.Length} subnets, {options.Room.Profiles.Count} profiles, {options.Room.Nodes.Count} nodes";
}
