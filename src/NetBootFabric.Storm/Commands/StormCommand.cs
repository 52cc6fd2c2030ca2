using System.CommandLine;
using NetBootFabric.Sockets;

namespace NetBootFabric.Storm.Commands;

internal static class StormCommand
{
    /// <summary>The exit code of a storm that could not be started; 0: every client booted, 1: some did not.</summary>
    public const int NotStarted = 2;

    public static RootCommand Build()
    {
        var options = new StormOptions();
        var command = new RootCommand(
            "Boots a room of simulated machines from whatever boot server is on the wire, as their firmware would, and says how many came up and where the others failed. " +
            "It takes a lease for every client: name the interface of a room that you may flood.");
        foreach (var option in options.All) command.Add(option);
        command.Add(LabReportCommand.Build());
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(options, parsed, cancellation), CancellationToken.None));
        return command;
    }

    private static int Run(StormOptions options, ParseResult parsed, CancellationToken cancellation)
    {
        var mistakes = new List<string>();
        var settings = options.Read(parsed, mistakes);
        if (settings is null)
        {
            foreach (var mistake in mistakes) Console.Error.WriteLine($"netboot-storm: {mistake}");
            return NotStarted;
        }
        try
        {
            return StormRun.Run(settings, cancellation);
        }
        catch (SocketSetupException refused)
        {
            Console.Error.WriteLine($"netboot-storm: {refused.Message}");
            return NotStarted;
        }
    }
}
