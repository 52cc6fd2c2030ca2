using System.Collections.Immutable;
using NetBootFabric.Boot.Rooms;

namespace NetBootFabric.Boot.Scripts;

/// <summary>Kernel and initrds of a profile as paths that need no escape in a URL or in any loader's language.</summary>
public sealed record PayloadNames(string Kernel, ImmutableArray<string> Initrds)
{
    public static PayloadNames? Of(Profile profile, out string? error)
    {
        error = null;
        foreach (var path in profile.Initrds.Prepend(profile.Kernel))
        {
            if (Fault(path) is { } fault) error ??= $"profile '{Quotable.Show(profile.Name)}': file name '{Quotable.Show(path)}' {fault}";
        }
        return error is null ? new PayloadNames(profile.Kernel.TrimStart('/'), [.. profile.Initrds.Select(path => path.TrimStart('/'))]) : null;
    }

    /// <summary>Why no loader could be told to load <paramref name="path"/>; null: each can.</summary>
    public static string? Fault(string path)
    {
        var relative = path.TrimStart('/');
        if (relative.Length is 0 or > 255) return "is empty or longer than 255 characters";
        if (!relative.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or '+' or '~' or '@'))
            return "may hold only letters, digits and / . - _ + ~ @";
        return relative.Split('/').Any(part => part is "" or "." or "..") ? "holds an empty part, '.' or '..'" : null;
    }
}
