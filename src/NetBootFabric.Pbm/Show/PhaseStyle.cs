using Spectre.Console;

namespace NetBootFabric.Pbm.Show;

internal static class PhaseStyle
{
    public static Style Of(string? phase) => phase switch
    {
        "Booted" => new Style(Color.Green),
        "Failed" => new Style(Color.Red),
        null => Style.Plain,
        _ => new Style(Color.Yellow),
    };
}
