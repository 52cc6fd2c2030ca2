using NetBootFabric.AdminApi.Why;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetBootFabric.Pbm.Show;

internal static class WhyPage
{
    public static IRenderable Render(WhyView why)
    {
        var parts = new List<IRenderable> { new Text($"{why.Name}: {why.Sentence}.", Style(why.Standing)) };
        if (why.Remedy is { } remedy) parts.Add(new Text($"To do: {remedy}."));
        parts.Add(new Text(string.Join('\n', why.Evidence.Prepend(Kind(why)).Select(line => $"  {line}"))));
        return new Rows(parts);
    }

    private static string Kind(WhyView why) => why.Cause is { } cause ? $"{why.Standing} at {why.Step}: {cause}" : why.Standing;

    public static Style Style(string standing) => PhaseStyle.Of(standing switch
    {
        "Failed" or "Stuck" => "Failed",
        "Fine" => "Booted",
        "Slow" or "GoingOn" => standing,
        _ => null,
    });
}
