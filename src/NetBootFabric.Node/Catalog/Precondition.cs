using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace NetBootFabric.Node.Catalog;

/// <summary>What a caller thinks of an entry that it changes (RFC 9110 §13.1).</summary>
/// <param name="Revision">The entry's; null: not said.</param>
/// <param name="Exists">It has to be there.</param>
/// <param name="IsNew">It must not be there.</param>
internal readonly record struct Precondition(long? Revision, bool Exists, bool IsNew)
{
    /// <param name="wrong">A sentence, when the headers can't be read.</param>
    public static Precondition Of(HttpRequest request, out string? wrong)
    {
        var (match, noneMatch) = (request.Headers[HeaderNames.IfMatch].ToString(), request.Headers[HeaderNames.IfNoneMatch].ToString());
        wrong = null;
        if (match is "" or "*") return new Precondition(null, match == "*", noneMatch == "*" || request.Query["new"] == "true");
        if (long.TryParse(match.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)) return new Precondition(revision, false, noneMatch == "*");
        wrong = $"If-Match: {match} is no ETag of an entry; it is the revision in quotes, as GET shows it";
        return default;
    }

    /// <param name="there">The entry's revision; null: there is none.</param>
    /// <param name="current">What is there now, as GET shows it.</param>
    public CatalogRefusal? Refuse(string what, long? there, Func<JsonElement> current)
    {
        if (IsNew && there is not null) return new CatalogRefusal(412, $"{what} is there already; leave If-None-Match out to replace it", Current: current());
        if (Exists && there is null) return new CatalogRefusal(412, $"there is no {what}");
        if (Revision is { } expected && expected != there)
            return there is null ? new CatalogRefusal(412, $"{what} is gone meanwhile") : new CatalogRefusal(412, $"{what} was changed meanwhile: it is at revision {there}, not {expected}; look at it and try again", Current: current());
        return null;
    }
}
