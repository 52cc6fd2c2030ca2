using NetBootFabric.Boot.Content;

namespace NetBootFabric.Node.Why;

/// <summary>Looks at each file once. Not for two threads at a time.</summary>
internal sealed class SurveyMemo(IContentSurvey files) : IContentSurvey
{
    private readonly Dictionary<string, FileSurvey> _seen = new(StringComparer.Ordinal);

    public FileSurvey Look(string path) => _seen.TryGetValue(path, out var seen) ? seen : _seen[path] = files.Look(path);
}
