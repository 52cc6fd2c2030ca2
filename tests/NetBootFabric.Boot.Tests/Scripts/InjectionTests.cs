using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Scripts;

namespace NetBootFabric.Boot.Tests.Scripts;

/// <summary>Whatever an operator's values hold: a script is refused, or each line of it still is the command that it was.</summary>
public sealed class InjectionTests
{
    private const int Rounds = 4_000;
    private static readonly string[] Pieces =
    [
        "a", "root", "=", " ", "\"", "'", "\\", "\n", "\r", "\t", "\0", "$", "{", "}", "${", "${v}", "${x}", "||", "&&", ";", "#", "`", "|", "&", "<", ">", "(", ")", "-", "--", "/", "..", "é", "\u2028", "%",
    ];

    [Fact]
    public void No_value_escapes_its_place()
    {
        var random = new Random(7);
        var rendered = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var target = Targets.Of(Text(random)).With("v", Text(random)) with { Name = Text(random) };
            target = target with { Profile = target.Profile with { Name = Text(random), Initrds = random.Next(4) == 0 ? [Text(random)] : ["initrd.img"] } };
            rendered += CheckIpxe(target) + CheckPxelinux(target) + CheckGrub(target);
        }
        Assert.InRange(rendered, Rounds / 10, 3 * Rounds); // neither all refused nor the check left out
    }

    private static int CheckIpxe(BootTarget target)
    {
        if (IpxeScript.Render(target, Targets.Server).Text is not { } script) return 0;
        var lines = Lines(script, IpxeScript.Render(Targets.Of(), Targets.Server).Text!);
        var kernel = lines[7].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["||", "goto", "failed"], kernel[^3..]);
        Assert.DoesNotContain(kernel[..^3], part => part is "||" or "&&" or ";" || part[0] == '#');
        Assert.DoesNotContain("${", lines[7] + lines[1], StringComparison.Ordinal);
        return 1;
    }

    private static int CheckPxelinux(BootTarget target)
    {
        if (PxelinuxConfig.Render(target, Targets.Server, TransferProtocol.Tftp).Text is not { } config) return 0;
        Lines(config, PxelinuxConfig.Render(Targets.Of(), Targets.Server, TransferProtocol.Tftp).Text!);
        return 1;
    }

    private static int CheckGrub(BootTarget target)
    {
        if (GrubConfig.Render(target, Targets.Server).Text is not { } config) return 0;
        var lines = Lines(config, GrubConfig.Render(Targets.Of(), Targets.Server).Text!);
        Assert.Equal("if linux ; then", string.Join(' ', OutsideQuotes(lines[3]).Replace(";", " ;", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal("  echo ", OutsideQuotes(lines[2]));
        return 1;
    }

    // The same number of lines, all of plain ASCII, each starting with the word it starts with in a script of harmless values.
    private static string[] Lines(string script, string harmless)
    {
        Assert.All(script, c => Assert.True(c is '\n' or >= ' ' and < '\x7f'));
        var lines = script.Split('\n');
        static string Head(string line) => line.TrimStart().Split(' ')[0];
        Assert.Equal(harmless.Split('\n').Select(Head), lines.Select(Head));
        return lines;
    }

    private static string OutsideQuotes(string line) => string.Concat(line.Split('\'').Where((_, i) => i % 2 == 0));

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => Pieces[random.Next(Pieces.Length)]));
}
