using System.Globalization;
using NetBootFabric.AdminApi.Storms;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetBootFabric.Pbm.Show;

internal static class StormTable
{
    private const int StragglersShown = 8;

    /// <param name="width">Of the terminal, in columns.</param>
    public static IRenderable Render(StormView storm, int width)
    {
        var uplinks = storm.Uplinks.Where(each => storm.State == "running" || each.Downloads > 0 || each.Waiting > 0 || each.Turns > 0).Select(each => new Text(Uplink(each)));
        if (storm.State == "none") return new Rows([new Text("No storm: nowhere did five clients begin to boot within half a minute, in the last six hours. pbm storm --wait waits for one."), .. uplinks]);
        var parts = new List<IRenderable> { new Text(Headline(storm)), new Text(Rates(storm)) };
        parts.AddRange(uplinks);
        parts.AddRange([new Text(""), Phases(storm, width)]);
        if (storm.Timeline is { } line) parts.Add(Curves(line, width));
        if (storm.Failed > 0) parts.Add(Failures(storm));
        if (storm.StragglerCount > 0) parts.Add(Stragglers(storm));
        return new Rows(parts);
    }

    private static string Headline(StormView storm)
    {
        var state = storm.State == "running" ? "Storm running" : "Storm ended";
        var heads = storm.HeadNodes == 1 ? "1 head node" : $"{storm.HeadNodes} head nodes";
        return $"{state}, {Quantity.Duration(TimeSpan.FromSeconds(storm.Seconds))} since {Quantity.Time(storm.BeganAt ?? storm.At)}: {Count(storm.Clients)} clients, {Count(storm.Booted)} booted, {Count(storm.Booting)} booting, {Count(storm.Failed)} failed; {heads}";
    }

    private static string Rates(StormView storm)
    {
        var words = new List<string> { string.Create(CultureInfo.InvariantCulture, $"{storm.BootsPerSecond:0.0} boots/s (most {storm.PeakPerSecond:0.0})") };
        if (storm.State == "running") words.Add(storm.SecondsLeft is { } left ? $"{Quantity.Duration(TimeSpan.FromSeconds(left))} left at this rate" : "time left not known yet");
        if (storm is { MedianSeconds: { } median, SlowestSeconds: { } slowest }) words.Add($"a boot takes {Quantity.Duration(TimeSpan.FromSeconds(median))}, the slowest {Quantity.Duration(TimeSpan.FromSeconds(slowest))}");
        if (storm.Held > 0) words.Add($"{Count(storm.Held)} held by the operator");
        if (storm.AwaitTurn > 0) words.Add($"{Count(storm.AwaitTurn)} wait for their turn");
        if (storm.FailedBefore > 0) words.Add($"{Count(storm.FailedBefore)} failed and began anew");
        return string.Join("; ", words);
    }

    private static string Uplink(UplinkView uplink)
    {
        var left = uplink.SecondsLeft is { } seconds ? $" in {Quantity.Duration(TimeSpan.FromSeconds(seconds))}" : "";
        var words = new List<string> { $"uplink of {uplink.Node}: {Quantity.Bytes(uplink.OctetsPerSecond)}/s, {Quantity.Bytes(uplink.Backlog)} to go{left}", $"{Count(uplink.Downloads)} downloads" };
        if (uplink.Waiting > 0) words.Add($"{Count(uplink.Waiting)} wait for room");
        if (uplink.Turns > 0) words.Add($"{Count(uplink.Turns)} clients told their place");
        return string.Join(", ", words);
    }

    private static Table Phases(StormView storm, int width)
    {
        var table = Plain("PHASE", "CLIENTS", "");
        var bar = Math.Clamp(width - 30, 10, 60);
        foreach (var (phase, count) in storm.Phases)
        {
            var filled = (int)Math.Ceiling(count * bar / (double)Math.Max(1, storm.Clients));
            table.AddRow(new Text(phase, PhaseStyle.Of(phase)), new Text(Count(count)).RightJustified(), new Text(new string('█', filled), PhaseStyle.Of(phase)));
        }
        return table;
    }

    /// <summary>Three curves over time, each as high as its own highest.</summary>
    private static Table Curves(StormTimeline line, int width)
    {
        var table = Plain($"TIME LINE, {line.StepSeconds} s A STEP", "");
        int[] Of(Func<string, bool> phases) => [.. Enumerable.Range(0, line.Counts[0].Count).Select(step => line.Phases.Zip(line.Counts).Where(each => phases(each.First)).Sum(each => each.Second[step]))];
        var columns = Math.Clamp(width - 30, 10, 120);
        table.AddRow(new Text("booting"), new Text(Sparkline.Of(Of(phase => phase is not ("Booted" or "Failed")), columns), PhaseStyle.Of("Kernel")));
        table.AddRow(new Text("booted"), new Text(Sparkline.Of(Of(phase => phase == "Booted"), columns), PhaseStyle.Of("Booted")));
        if (Of(phase => phase == "Failed") is var failed && failed.Any(count => count > 0)) table.AddRow(new Text("failed"), new Text(Sparkline.Of(failed, columns), PhaseStyle.Of("Failed")));
        return table;
    }

    private static Table Failures(StormView storm)
    {
        var table = Plain("FAILED AT", "CLIENTS", "CAUSES");
        foreach (var step in storm.Failures.Where(step => step.Clients > 0))
            table.AddRow(new Text(step.Step, PhaseStyle.Of("Failed")), new Text(Count(step.Clients)).RightJustified(), new Text(string.Join(", ", step.Causes.Select(cause => $"{cause.Key} {Count(cause.Value)}"))));
        return table;
    }

    private static Table Stragglers(StormView storm)
    {
        var table = Plain("FAR BEHIND", "IN", "FOR", "OTHERS TOOK");
        foreach (var each in storm.Stragglers.Take(StragglersShown))
            table.AddRow(new Text(each.Name), new Text(each.Phase), new Text(Quantity.Duration(TimeSpan.FromSeconds(each.Waits))), new Text(Quantity.Duration(TimeSpan.FromSeconds(each.Usual))));
        if (storm.StragglerCount > StragglersShown) table.AddRow($"and {Count(storm.StragglerCount - Math.Min(StragglersShown, storm.Stragglers.Count))} more", "", "", "");
        return table;
    }

    private static Table Plain(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns(columns);
        foreach (var column in table.Columns) column.NoWrap();
        return table;
    }

    private static string Count(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
