using NetBootFabric.Import.Tree;
using NetBootFabric.Import.Values;

namespace NetBootFabric.Import.Cobbler;

/// <summary>
/// Cobbler's systems, as the files of its collections have them (one each, also several of them one after the other) and as its API lists
/// them: JSON, or YAML.
/// </summary>
internal sealed class CobblerReader(Draft draft)
{
    private readonly BmcCredentials _credentials = new(draft);
    private bool _hasSystems;

    public void Read(string text)
    {
        var isJson = text.AsSpan().TrimStart() is ['{' or '[', ..];
        foreach (var root in isJson ? JsonTree.ReadAll(text, draft) : YamlTree.ReadAll(text, draft)) Root(root);
        if (!_hasSystems) draft.Broken(0, "the text", "has no systems; a system has a name and interfaces");
    }

    /// <summary>A system, a list of them, or a map with their names.</summary>
    private void Root(SourceValue root)
    {
        if (root["interfaces"] is not null) System(root, root["name"]?.Text ?? "");
        else if (root["systems"] is { } systems) Root(systems);
        else if (root is SourceList list) foreach (var item in list.Values) System(item, item["name"]?.Text ?? "");
        else foreach (var entry in root.Entries) Named(entry);
    }

    private void Named(SourceEntry entry)
    {
        if (entry.Value is SourceMap && entry.Value["interfaces"] is not null) System(entry.Value, entry.Key);
        else draft.NotCarried(entry.Line, entry.Key, "is no system");
    }

    private void System(SourceValue system, string name)
    {
        _hasSystems = true;
        if (system["interfaces"] is SourceMap) new CobblerSystem(draft, system, name, _credentials).Read();
        else draft.Broken(system.Line, name.Length > 0 ? name : system.Text ?? "a system", "has no map of interfaces");
    }
}
