using Spectre.Console;

namespace NetBootFabric.Pbm.Show;

/// <summary>What standard output is: a terminal with a width and colours, or a pipe with neither.</summary>
internal static class Terminal
{
    /// <summary>A table for grep and awk must not be folded: no line of ours is longer than this.</summary>
    private const int PipeWidth = 1000;

    /// <summary>Columns that a table may use.</summary>
    public static int Width => AnsiConsole.Profile.Width;

    /// <summary>Once, before anything is printed.</summary>
    public static void Prepare()
    {
        if (!Console.IsOutputRedirected) return;
        AnsiConsole.Profile.Width = PipeWidth;
        AnsiConsole.Profile.Capabilities.Ansi = false;
    }
}
