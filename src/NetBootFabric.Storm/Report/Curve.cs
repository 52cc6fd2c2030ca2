using NetBootFabric.Storm.Clients;

namespace NetBootFabric.Storm.Report;

/// <summary>How many clients had something behind them at a time.</summary>
/// <param name="Name">What they had.</param>
/// <param name="Points">Rising; at most a few hundred, whatever the number of clients.</param>
internal sealed record Curve(string Name, IReadOnlyList<CurvePoint> Points)
{
    private const int MostPoints = 200;

    /// <summary>One curve for those switched on and one for each milestone that any client reached.</summary>
    public static IEnumerable<Curve> Of(IReadOnlyList<SimulatedClient> clients)
    {
        yield return From("PowerOn", clients.Select(client => client.PowerOn));
        foreach (var milestone in Enum.GetValues<Milestone>())
        {
            var times = clients.Where(client => client.TimeTo(milestone) is not null).Select(client => client.PowerOn + client.TimeTo(milestone)!.Value).ToArray();
            if (times.Length > 0) yield return From(milestone.ToString(), times);
        }
        var failed = clients.Where(client => client.State == ClientState.Failed).Select(client => client.End).ToArray();
        if (failed.Length > 0) yield return From("Failed", failed);
    }

    private static Curve From(string name, IEnumerable<TimeSpan> times)
    {
        var sorted = times.Select(time => time.TotalSeconds).Order().ToArray();
        var step = Math.Max(1, (sorted.Length + MostPoints - 1) / MostPoints);
        var points = new List<CurvePoint>();
        for (var i = 0; i < sorted.Length; i += step) points.Add(new CurvePoint(sorted[i], i + 1));
        if (points[^1].Clients != sorted.Length) points.Add(new CurvePoint(sorted[^1], sorted.Length));
        return new Curve(name, points);
    }
}

internal readonly record struct CurvePoint(double Seconds, int Clients);
