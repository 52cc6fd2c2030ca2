using System.Text;
using NetBootFabric.Node.Configuration;

namespace NetBootFabric.Node.Tests.Configuration;

/// <summary>Any bytes give options or mistakes with a place inside the file; never an exception.</summary>
public sealed class ConfigurationFuzzTests
{
    private static readonly byte[] Example = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "single.yaml"));

    private static readonly string[] Pieces =
    [
        "\n", " ", "  - ", ": ", "{", "}", "[", "]", ",", "\"", "'", "#", "&a ", "*a", "!!str ", "|\n", ">\n", "---\n", "...\n", "%YAML 1.2\n", "? ", "~", "null", "\t", "<<: ", "\\",
        "subnets:", "nodes:", "profiles:", "mac", "network", "10.77.0.0/16", "10.77.0.0/33", "99999999999h", "-1", "\u0000", "\u2028", "ü", "\r", "@", "`", "0x10", "é: ", "!<", "%",
    ];

    [Fact]
    public void The_example_with_random_changes_never_throws()
    {
        var random = new Random(7);
        for (var round = 0; round < 1500; round++)
        {
            var bytes = new List<byte>(Example);
            for (var change = random.Next(1, 6); change > 0; change--) Mutate(bytes, random);
            Check([.. bytes]);
        }
    }

    [Fact]
    public void Random_pieces_of_YAML_never_throw()
    {
        var random = new Random(8);
        for (var round = 0; round < 2500; round++)
        {
            var text = new StringBuilder();
            for (var piece = random.Next(1, 30); piece > 0; piece--) text.Append(Pieces[random.Next(Pieces.Length)]);
            Check(Encoding.UTF8.GetBytes(text.ToString()));
        }
    }

    [Fact]
    public void Random_bytes_never_throw()
    {
        var random = new Random(9);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = new byte[random.Next(0, 200)];
            random.NextBytes(bytes);
            if (round % 2 == 0) for (var i = 0; i < bytes.Length; i++) bytes[i] &= 0x7F;
            Check(bytes);
        }
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    public void Nesting_without_end_is_a_mistake(string opening)
    {
        var result = ConfigurationReader.Read(string.Concat(Enumerable.Repeat(opening, 3000)), "f");
        Assert.NotEmpty(result.Mistakes);
    }

    private static void Check(byte[] bytes)
    {
        var result = ConfigurationReader.Read(bytes, "f");
        Assert.Equal(result.Options is null, result.Mistakes.Count > 0);
        Assert.All(result.Mistakes, mistake =>
        {
            Assert.True(mistake.Line >= 1 && mistake.Column >= 1);
            Assert.Contains("; ", mistake.Text, StringComparison.Ordinal);
        });
    }

    private static void Mutate(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count);
        switch (random.Next(4))
        {
            case 0: bytes[at] = (byte)random.Next(256); break;
            case 1: bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at - 1)); break;
            case 2: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)])); break;
            default: bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count / 2), Math.Min(30, bytes.Count / 2))); break;
        }
    }
}
