using NetBootFabric.Node.Configuration;

namespace NetBootFabric.Node.Tests.Configuration;

/// <summary>Each file in the folder Broken says in its comments at the end what is wrong with it: <c>#! line:column: text</c>, one for each mistake.</summary>
public sealed class BrokenFileTests
{
    private const string Mark = "#! ";
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Configuration", "Broken");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_mistake_is_told_with_its_place_and_what_to_write_instead(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, file + ".yaml"));
        var expected = lines.Where(line => line.StartsWith(Mark, StringComparison.Ordinal)).Select(line => line[Mark.Length..]);
        var text = string.Join('\n', lines.Where(line => !line.StartsWith(Mark, StringComparison.Ordinal)));
        var result = ConfigurationReader.Read(text, "f");
        Assert.NotEmpty(result.Mistakes);
        Assert.Null(result.Options);
        Assert.Equal(expected, result.Mistakes.Select(mistake => $"{mistake.Line}:{mistake.Column}: {mistake.Text}"));
    }
}
