using System.Globalization;

namespace NetBootFabric.EndToEnd.Tests.Lab.Heads;

/// <summary>Rooms with several head nodes take both cores: one at a time, after the tests that run side by side.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SeveralHeads
{
    public const string Name = "several head nodes";

    /// <summary>Simulated machines of a storm: NETBOOT_STORM_CLIENTS, or as many as fit into continuous integration.</summary>
    public static int Clients { get; } = Read("NETBOOT_STORM_CLIENTS", 150);

    private static int Read(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
