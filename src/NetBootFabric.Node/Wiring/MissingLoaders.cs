using NetBootFabric.Boot.Loaders;
using NetBootFabric.Content.KernelImages;

namespace NetBootFabric.Node.Wiring;

/// <summary>Which network boot programs are neither under the root of files nor in the distribution's places.</summary>
internal static class MissingLoaders
{
    /// <returns>A sentence for each missing package.</returns>
    public static IEnumerable<string> Of(string files) =>
        LoaderFiles.All.Append(KernelImageStubs.X64).Where(file => !IsThere(files, file)).GroupBy(file => file.Package)
            .Select(missing => $"{string.Join(", ", missing.Select(file => file.Name))} not found: apt install {missing.Key}, or put a copy into {files}; only clients that need it are affected");

    private static bool IsThere(string files, LoaderFile file) => File.Exists(Path.Combine(files, file.Name)) || file.UsualPaths.Any(File.Exists);
}
