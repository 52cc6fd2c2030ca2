using System.Globalization;

namespace NetBootFabric.Boot.Scripts;

/// <summary>A place in a queue and a wait, as people read them.</summary>
internal static class TurnText
{
    public static string Ordinal(int number)
    {
        var ending = (number % 100 is >= 11 and <= 13) ? "th" : (number % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" };
        return string.Create(CultureInfo.InvariantCulture, $"{number}{ending}");
    }

    /// <summary>No more exact than it is known.</summary>
    public static string About(TimeSpan wait) => wait.TotalSeconds switch
    {
        < 10 => "a few seconds",
        < 120 => string.Create(CultureInfo.InvariantCulture, $"about {Math.Round(wait.TotalSeconds / 5) * 5} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"about {Math.Round(wait.TotalMinutes)} min"),
    };
}
