using Microsoft.Win32.SafeHandles;

namespace NetBootFabric.Content.Files;

/// <summary>Where a path leads when all its symbolic links are followed.</summary>
internal static class RealPath
{
    /// <summary>As the kernel says: the file that is open, not what the path leads to by now.</summary>
    public static string? Of(SafeFileHandle handle) => File.ResolveLinkTarget($"/proc/self/fd/{handle.DangerousGetHandle()}", returnFinalTarget: false)?.FullName;

    /// <summary>Of a folder, which can't be opened as a file: part by part. A part that is missing stays as it is.</summary>
    public static string OfFolder(string folder)
    {
        var real = "/";
        foreach (var part in Path.GetFullPath(folder).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, part);
            real = Directory.Exists(next) && Directory.ResolveLinkTarget(next, returnFinalTarget: true) is { } target ? OfFolder(target.FullName) : next;
        }
        return real;
    }
}
