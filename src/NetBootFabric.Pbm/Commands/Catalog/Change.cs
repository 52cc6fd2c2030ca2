using System.CommandLine;
using System.Net.Http.Headers;
using System.Text;
using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Pbm.Api;
using NetBootFabric.Pbm.Show;

namespace NetBootFabric.Pbm.Commands.Catalog;

/// <summary>What commands have in common that change nodes, groups and profiles.</summary>
internal static class Change
{
    public static Option<bool> DryRun() => new("--dry-run") { Description = "Says what would change, and changes nothing" };

    public static Option<string?> IfRevision() => new("--if-revision") { Description = "Only if it was not changed since this revision, as 'show' prints it" };

    public static Argument<string[]> Settings() => new("settings")
    {
        Description = "key=value; key= takes the value away. vars.NAME=value sets a variable",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>Sends a change and shows what came of it.</summary>
    public static async Task<int> SendAsync(AdminClient client, bool json, HttpMethod method, string path, HttpContent? body, string? ifRevision, CancellationToken cancellation)
    {
        var result = await LongWork.ShowAsync("changing", () => client.SendAsync(method, path, body, CatalogJson.Default.ApplyResult, cancellation, ifRevision), cancellation);
        CommonOptions.Print(result, CatalogJson.Default.ApplyResult, json, each => ChangeTable.Render(each));
        return 0;
    }

    /// <summary>As <see cref="SendAsync"/>, for an entry that must not be there yet.</summary>
    public static Task<int> SendNewAsync(AdminClient client, bool json, string path, HttpContent body, CancellationToken cancellation) =>
        SendAsync(client, json, HttpMethod.Put, $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}new=true", body, null, cancellation);

    public static HttpContent Text(string text, string type) => new ByteArrayContent(Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

    public static string Path(string route, string name, bool dryRun) => $"{route}{Uri.EscapeDataString(name)}{(dryRun ? "?dryRun=true" : "")}";

    /// <summary>The settings as pairs.</summary>
    /// <exception cref="AdminException">One is not of the form key=value.</exception>
    public static IEnumerable<(string Key, string? Value)> Pairs(IEnumerable<string> settings)
    {
        foreach (var setting in settings)
        {
            var at = setting.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0) throw new AdminException($"'{setting}' is no setting: write key=value, or key= to take the value away", AdminException.Refused);
            yield return (setting[..at], at + 1 == setting.Length ? null : setting[(at + 1)..]);
        }
    }

    public static string Revision(long revision) => revision.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <param name="value">Null: it goes.</param>
    public static IReadOnlyDictionary<string, string> With(IReadOnlyDictionary<string, string> values, string name, string? value)
    {
        var changed = new Dictionary<string, string>(values);
        if (value is null) changed.Remove(name);
        else changed[name] = value;
        return changed;
    }

    public static AdminException NoKey(string key, string of, string keys) => new($"'{key}' is no key of {of}; write {keys}", AdminException.Refused);
}
