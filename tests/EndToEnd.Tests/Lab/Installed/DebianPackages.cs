namespace NetBootFabric.EndToEnd.Tests.Lab.Installed;

/// <summary>What scripts/package makes: the release, and the same programs under a higher version.</summary>
internal static class DebianPackages
{
    public const string First = "1";
    public const string Second = "2";

    private static string Folder => Path.Combine(Repository.Root, "artifacts", "package");

    /// <summary>Built when they are not there.</summary>
    public static async Task<string> MakeAsync(string revision)
    {
        if (Find(revision) is not { } made || revision != First)
        {
            await Tool.RunAsync(Repository.Script("package"), ["--revision", revision, .. Find(First) is null ? (string[])[] : ["--no-build"]]);
            made = Find(revision)!;
        }

        return made;
    }

    private static string? Find(string revision) =>
        Directory.Exists(Folder) ? Directory.GetFiles(Folder, $"netboot-fabric_*-{revision}_amd64.deb").MaxBy(File.GetLastWriteTimeUtc) : null;
}
