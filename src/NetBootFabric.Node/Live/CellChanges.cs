using System.Text.Json;
using System.Text.Json.Serialization;
using NetBootFabric.AdminApi.Live;

namespace NetBootFabric.Node.Live;

/// <summary>What changed in one head node's part of the room.</summary>
/// <param name="Instance">Of its count of versions: another one begins at 0.</param>
/// <param name="Whole">These are its first cells: what was known of it before is void.</param>
/// <param name="More">There are more than go into one answer.</param>
internal sealed record CellChanges(string Head, string Instance, long Version, bool Whole, bool More, IReadOnlyList<RoomCell> Cells, IReadOnlyList<string> Gone);

/// <summary>How far one knows another head node's part.</summary>
internal readonly record struct CellCursor(string Head, string Instance, long Version)
{
    /// <summary>As they stand in a question to all head nodes; names have no such separators.</summary>
    public static string Write(IEnumerable<CellCursor> cursors) => string.Join(';', cursors.Select(each => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{each.Head}!{each.Instance}!{each.Version}")));

    /// <summary>The one of <paramref name="head"/>; version 0 when it is not there.</summary>
    public static CellCursor Read(string text, string head)
    {
        foreach (var each in text.Split(';'))
            if (each.Split('!') is [var name, var instance, var number] && name == head && long.TryParse(number, out var version)) return new CellCursor(name, instance, version);
        return new CellCursor(head, "", 0);
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CellChanges))]
internal sealed partial class CellJson : JsonSerializerContext;
