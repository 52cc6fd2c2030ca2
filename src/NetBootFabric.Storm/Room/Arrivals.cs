using System.Globalization;

namespace NetBootFabric.Storm.Room;

/// <summary>When each client is switched on: all at once, evenly over a while, or in waves.</summary>
/// <param name="Waves">How many groups, 1 or more.</param>
/// <param name="Between">From one group's start to the next one's.</param>
/// <param name="Ramp">Over how long one group is spread.</param>
internal sealed record Arrivals(int Waves, TimeSpan Between, TimeSpan Ramp)
{
    public const string Forms = "all, ramp:SECONDS, or waves:COUNT:SECONDS";

    public static Arrivals? Parse(string text)
    {
        var parts = text.Split(':');
        return parts switch
        {
            ["all"] => new Arrivals(1, TimeSpan.Zero, TimeSpan.Zero),
            ["ramp", var seconds] when Seconds(seconds) is { } ramp => new Arrivals(1, TimeSpan.Zero, ramp),
            ["waves", var count, var seconds] when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var waves) && waves > 0 && Seconds(seconds) is { } between =>
                new Arrivals(waves, between, TimeSpan.Zero),
            _ => null,
        };
    }

    public TimeSpan Of(int client, int clients)
    {
        var wave = (long)client * Waves / clients;
        return wave * Between + Ramp * ((double)client / clients);
    }

    public override string ToString() => this switch
    {
        { Waves: > 1 } => string.Create(CultureInfo.InvariantCulture, $"waves:{Waves}:{Between.TotalSeconds:0.###}"),
        { Ramp.Ticks: > 0 } => string.Create(CultureInfo.InvariantCulture, $"ramp:{Ramp.TotalSeconds:0.###}"),
        _ => "all",
    };

    private static TimeSpan? Seconds(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= 86_400 ? TimeSpan.FromSeconds(seconds) : null;
}
