using NetBootFabric.Node.Configuration.Yaml;
using NetBootFabric.Storage.Postgres;

namespace NetBootFabric.Node.Configuration;

/// <summary>The value of <c>store</c>: which database, a colon, and where it is.</summary>
internal static class StoreReader
{
    public static StoreOptions? Read(YamlValue? value, Values values, Mistakes mistakes)
    {
        if (values.Text(value, "store") is not { } text) return null;
        var colon = text.IndexOf(':');
        var location = colon < 0 ? "" : text[(colon + 1)..].Trim();
        var kind = colon < 0 ? "" : text[..colon];
        if (location.Length > 0 && kind == "sqlite") return new StoreOptions(StoreKind.Sqlite, location);
        var mistake = kind == "postgres" ? PostgresStore.MistakeIn(location) : $"'{text}' names no store";
        if (mistake is null) return new StoreOptions(StoreKind.Postgres, location);
        mistakes.Add(value!.At, mistake, "write sqlite:fabric.db or postgres:Host=...;Database=...;Username=...");
        return null;
    }
}
