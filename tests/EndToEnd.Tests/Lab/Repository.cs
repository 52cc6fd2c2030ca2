namespace NetBootFabric.EndToEnd.Tests.Lab;

/// <summary>Where the checkout is, and in it what the tests run and what they leave.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>A program that <c>scripts/build</c> made.</summary>
    public static string Program(string name)
    {
        var path = Path.Combine(Root, "dist", name);
        return File.Exists(path) ? path : throw new InvalidOperationException($"{path} is not there: run scripts/build first");
    }

    public static string Script(string name) => Path.Combine(Root, "scripts", name);

    /// <summary>An empty folder that stays after the test: consoles, captures and logs.</summary>
    public static string Results(string test)
    {
        var path = Path.Combine(Root, "artifacts", "end-to-end", test);
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        return Directory.CreateDirectory(path).FullName;
    }

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "NetBootFabric.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
