using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Node.Catalog;
using NetBootFabric.Node.Configuration.Yaml;

namespace NetBootFabric.Node.Configuration;

/// <param name="At">Of its name, or of itself where it has none.</param>
internal readonly record struct CatalogEntry(Position At, YamlValue Value);

/// <summary>What the lines of a file say of nodes, groups and profiles, and where each entry of the document stands.</summary>
internal sealed record CatalogDraft(CatalogDocument Document, IReadOnlyList<CatalogEntry> Profiles, IReadOnlyList<CatalogEntry> Groups, IReadOnlyList<CatalogEntry> Nodes)
{
    /// <summary>Tells what is wrong with the entries, each at its place.</summary>
    public void Check(Room settings, Mistakes mistakes)
    {
        foreach (var fault in CatalogRules.Check(SpecForm.Of(Document), settings))
        {
            var at = PositionOf(fault.Kind, fault.Index, fault.Field);
            if (fault.Earlier is { } earlier) mistakes.Add(at, $"{fault.Problem} is already in line {PositionOf(fault.Kind, earlier, fault.Field).Line}", fault.Remedy);
            else mistakes.Add(at, fault.Problem, fault.Remedy);
        }
    }

    /// <summary>Of the value of <paramref name="field"/>, or of the entry when the field is absent.</summary>
    public Position PositionOf(CatalogKind kind, int index, string field)
    {
        var entry = (kind switch { CatalogKind.Profile => Profiles, CatalogKind.Group => Groups, _ => Nodes })[index];
        if (field == "name/") return entry.At;
        var (value, at) = (entry.Value, kind == CatalogKind.Node || entry.Value is YamlMap ? entry.Value.At : entry.At);
        var parts = field.Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Length == 0 || !Step(ref value, parts[i], ofKey: i + 1 < parts.Length && parts[i + 1].Length == 0, ref at)) return at;
        }
        return at;
    }

    private static bool Step(ref YamlValue value, string part, bool ofKey, ref Position at)
    {
        if (value is YamlMap map)
        {
            foreach (var (key, inner) in map.Entries)
            {
                if (key.Text != part) continue;
                (value, at) = (inner, ofKey ? key.At : inner.At);
                return true;
            }
            return false;
        }
        if (value is not YamlList list || !int.TryParse(part, out var index) || index >= list.Items.Count) return false;
        value = list.Items[index];
        at = value.At;
        return true;
    }
}
