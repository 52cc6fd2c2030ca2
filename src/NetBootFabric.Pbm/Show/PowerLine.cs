using NetBootFabric.AdminApi.Power;

namespace NetBootFabric.Pbm.Show;

internal static class PowerLine
{
    /// <summary>A machine that is done or failed; null: there is nothing to say yet.</summary>
    public static string? Render(PowerEvent one) => one.Stage switch
    {
        "done" => $"{one.Name,-16} {one.State,-8} {(one.Text == one.State ? "" : one.Text)}".TrimEnd(),
        "failed" => $"{one.Name,-16} failed   {one.Text}",
        _ => null,
    };

    public static string Render(PowerEnd end) => end.Failed.Count == 0
        ? $"{Machines(end.Done)} {(end.Action == "status" ? "answered" : "done")}."
        : $"{Machines(end.Done)} done, {end.Failed.Count} failed: {string.Join(", ", end.Failed.Select(each => each.Name))}";

    private static string Machines(int count) => count == 1 ? "1 machine" : $"{count} machines";
}
