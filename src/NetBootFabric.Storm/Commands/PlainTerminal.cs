using Spectre.Console;

namespace NetBootFabric.Storm.Commands;

internal static class PlainTerminal
{
    /// <summary>A pipe has no width and no colours: a table for grep and awk must not be folded.</summary>
    public static void WhenRedirected()
    {
        if (!Console.IsOutputRedirected) return;
        AnsiConsole.Profile.Width = 240;
        AnsiConsole.Profile.Capabilities.Ansi = false;
        AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
    }
}
