using System.CommandLine;
using NetBootFabric.Node.Logging;
using NetBootFabric.Node.Wiring;

namespace NetBootFabric.Node;

internal static class CommandLine
{
    public static RootCommand Build() => new("A head node: boots a room of diskless machines from the network.")
    {
        Run(),
        Check(),
    };

    private static Command Run()
    {
        var file = ConfigurationFile();
        var format = new Option<LogFormat>("--log") { Description = "text for a terminal, systemd for journald, json for collectors", DefaultValueFactory = _ => LogFormat.Default };
        var command = new Command("run", "Runs in the foreground until SIGTERM or SIGINT. SIGHUP reads the file again.") { file, format };
        command.SetAction((parsed, cancellation) => NodeRun.RunAsync(parsed.GetValue(file)!, parsed.GetValue(format), cancellation));
        return command;
    }

    private static Command Check()
    {
        var file = ConfigurationFile();
        var command = new Command("check", "Reports every mistake in the file, with its line and what to write instead. Exit code 0: none.") { file };
        command.SetAction(parsed => ConfigurationCheck.Run(parsed.GetValue(file)!, Console.Out));
        return command;
    }

    private static Argument<FileInfo> ConfigurationFile() => new("file") { Description = "The configuration, a YAML file" };
}
