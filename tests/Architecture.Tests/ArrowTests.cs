namespace NetBootFabric.Architecture.Tests;

public sealed class ArrowTests
{
    /// <summary>Who may depend on whom. A project that is not listed fails the test: decide first.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Wire"] = [],
        ["Sockets"] = [],
        ["AdminApi"] = [],
        ["Boot"] = ["Wire"],
        ["Dhcp"] = ["Boot", "Wire", "Sockets"],
        ["Arp"] = ["Boot", "Wire", "Sockets"],
        ["Ndp"] = ["Boot", "Wire", "Sockets"],
        ["Tftp"] = ["Boot", "Wire", "Sockets"],
        ["Content"] = ["Boot", "Sockets"],
        ["HttpBoot"] = ["Boot", "Sockets"],
        ["Cluster"] = ["Boot", "Akka.NET"],
        ["Storage"] = ["Boot"],
        ["Node"] = ["Wire", "Boot", "Sockets", "Dhcp", "Arp", "Ndp", "Tftp", "Content", "HttpBoot", "Cluster", "Storage", "AdminApi", "Import", "Power", "Akka.NET"],
        ["Import"] = ["AdminApi"],
        ["Power"] = ["AdminApi"],
        ["Pbm"] = ["AdminApi"],
        ["Storm"] = ["Wire", "Sockets"],
    };

    public static TheoryData<string> Projects => [.. Repository.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_depends_only_on_what_the_design_allows(string project)
    {
        Assert.True(Arrows.ContainsKey(project), $"{project} has no arrows yet: say here what it may depend on");
        Assert.Empty(Repository.References(project).Except(Arrows[project]));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Unsafe_code_stands_in_Sockets_only(string project)
    {
        if (project == "Sockets") return;
        Assert.Empty(Repository.Project(project).Descendants("AllowUnsafeBlocks"));
        Assert.DoesNotContain(Repository.Sources($"src/NetBootFabric.{project}"), file => File.ReadAllText(file) is var text && (text.Contains("[DllImport", StringComparison.Ordinal) || text.Contains("[LibraryImport", StringComparison.Ordinal)));
    }
}
