using NetBootFabric.Content.Paths;

namespace NetBootFabric.Content.Tests.Paths;

public sealed class ContentPathTests
{
    [Theory]
    [InlineData("vmlinuz", "vmlinuz")]
    [InlineData("/vmlinuz", "vmlinuz")]
    [InlineData("//grubx64.efi", "grubx64.efi")]
    [InlineData("a//b///c", "a/b/c")]
    [InlineData("./a/./b", "a/b")]
    [InlineData("a\\b", "a/b")]
    [InlineData("\\a\\b", "a/b")]
    [InlineData(".hidden", ".hidden")]
    [InlineData("a/.hidden", "a/.hidden")]
    [InlineData("a/...", "a/...")]
    [InlineData("a/..b", "a/..b")]
    [InlineData("a b", "a b")]
    [InlineData("grün", "grün")]
    [InlineData("%2e%2e/a", "%2e%2e/a")]
    [InlineData("boot/52:54:00:77:00:01/boot.ipxe", "boot/52:54:00:77:00:01/boot.ipxe")]
    public void A_name_becomes_a_path_below_the_root(string path, string normalised)
    {
        Assert.True(ContentPath.TryNormalise(path, out var result));
        Assert.Equal(normalised, result);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("//")]
    [InlineData(".")]
    [InlineData("./")]
    [InlineData("..")]
    [InlineData("../a")]
    [InlineData("a/..")]
    [InlineData("a/../b")]
    [InlineData("/../a")]
    [InlineData("..\\a")]
    [InlineData("a\\..\\..\\b")]
    [InlineData("a/")]
    [InlineData("a\\")]
    [InlineData("a/.")]
    [InlineData("a\0")]
    [InlineData("a\0.img")]
    [InlineData("a\n")]
    [InlineData("a\u007f")]
    [InlineData("a\u0085")]
    [InlineData("a\ufffd")]
    [InlineData("a\ud800")]
    public void Other_names_are_refused(string path) => Assert.False(ContentPath.TryNormalise(path, out _));

    [Fact]
    public void A_name_of_the_greatest_length_is_taken_and_a_longer_one_refused()
    {
        Assert.True(ContentPath.TryNormalise(new string('a', ContentPath.MaximumLength), out _));
        Assert.False(ContentPath.TryNormalise(new string('a', ContentPath.MaximumLength + 1), out _));
    }

    [Fact]
    public void Whatever_comes_in_stays_below_the_root()
    {
        string[] pieces = ["a", ".", "..", "/", "\\", "//", "\0", "é", " ", "%2e", "...", "/..", "../", "~"];
        var random = new Random(11);
        var taken = 0;
        for (var round = 0; round < 100_000; round++)
        {
            var path = string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (!ContentPath.TryNormalise(path, out var normalised)) continue;
            taken++;
            var full = Path.GetFullPath(Path.Combine("/root/of/files", normalised));
            Assert.StartsWith("/root/of/files/", full, StringComparison.Ordinal);
            Assert.Equal("/root/of/files/" + normalised, full);
            Assert.True(ContentPath.TryNormalise(normalised, out var again) && again == normalised);
        }
        Assert.InRange(taken, 10_000, 90_000);
    }
}
