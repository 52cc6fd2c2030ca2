using System.Reflection;
using System.Xml.Linq;

namespace NetBootFabric.Architecture.Tests;

/// <summary>The repository's projects and sources, read as files: an unused reference shows in no assembly.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == "RepositoryRoot").Value!);

    /// <summary>Short names of the projects under src, without the common prefix.</summary>
    public static IEnumerable<string> Projects => Directory.GetDirectories(Path.Combine(Root, "src")).Select(ShortName).Order();

    public static XDocument Project(string name) => XDocument.Load(Path.Combine(Root, "src", $"NetBootFabric.{name}", $"NetBootFabric.{name}.csproj"));

    public static IEnumerable<string> References(string name)
    {
        var project = Project(name);
        var named = project.Descendants("ProjectReference").Select(each => ShortName(Path.GetDirectoryName((string)each.Attribute("Include")!)!));
        var usesActors = project.Descendants("UsesActors").Any(each => each.Value == "true");
        return usesActors ? named.Append("Akka.NET") : named;
    }

    /// <summary>C# files below a folder of the repository, build output left out.</summary>
    public static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    private static string ShortName(string folder) => Path.GetFileName(folder).Replace("NetBootFabric.", "", StringComparison.Ordinal);
}
