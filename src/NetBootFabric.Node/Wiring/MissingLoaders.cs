using NetBootFabric.Boot.Loaders;
using NetBootFabric.Content.KernelImages;

namespace NetBootFabric.Node.Wiring;

/// <summary>Which network boot programs are neither under the root of files nor in the distribution's places.</summary>
internal static class MissingLoaders
{
    /// <returns>One sentence that names each with its package; none when all are there.</returns>
    public static IEnumerable<string> Of(string files)
    {
        var missing = LoaderFiles.All.Append(KernelImageStubs.X64).Where(file => !IsThere(files, file)).GroupBy(file => file.Package)
            .Select(package => $"{string.Join(", ", package.Select(file => file.Name))} (apt install {package.Key})").ToList();
        if (missing.Count > 0) yield return $"loaders not found, which only some clients need: {string.Join("; ", missing)}; or put copies into {files}";
    }

    public static bool IsThere(string files, LoaderFile file) => File.Exists(Path.Combine(files, file.Name)) || file.UsualPaths.Any(File.Exists);
}
