using System.Text;
using System.Text.Json;
using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Node.Catalog;

namespace NetBootFabric.Node.Tests.Catalog;

public sealed class CatalogYamlTests
{
    private static readonly string[] Texts = ["", "r1", "null", "true", "~", "a b", "3", "a: b", "- x", "#", "\"", "'", "\\", "{}", "[", "\u00e4\u20ac", "x ", " x", "*a", "&a", "!x", "%", "@", "|", ">", "a#b", "a,b", "0x1F", "1e3", "\u2028"];
    private static readonly string[] Templates = ["", "\n", "a", "a\n", "a\n\nb\n", "  a\n", "a\n\tb\n", "a\r\n", "---\na\n...\n", "#!ipxe\nkernel {{kernel}} {{cmdline}}\nboot\n", "a\n ", "\u00e4\n", "a\n\n"];

    [Fact]
    public void What_is_written_is_read_as_it_was()
    {
        var random = new Random(5);
        for (var round = 0; round < 400; round++)
        {
            var document = SpecForm.Of(Any(random));
            var yaml = CatalogYaml.Write(document);
            var read = CatalogText.Document(Encoding.UTF8.GetBytes(yaml), out var mistakes);

            Assert.True(mistakes.Count == 0, $"{string.Join('\n', mistakes)}\n{yaml}");
            var steps = CatalogEdits.Apply(CatalogState.Empty.With(CatalogEdits.Apply(CatalogState.Empty, document, false).Steps, 1), SpecForm.Of(read!), prune: true).Steps;
            Assert.True(steps.Count == 0, $"{string.Join('\n', steps)}\n{yaml}");
            Assert.Equal(Keys(document), Keys(read!));
        }
    }

    [Fact]
    public void JSON_is_read_as_YAML_is()
    {
        var random = new Random(6);
        for (var round = 0; round < 200; round++)
        {
            var document = SpecForm.Of(Any(random));
            var json = JsonSerializer.SerializeToUtf8Bytes(document, CatalogJson.Default.CatalogDocument);
            var wrapped = Encoding.UTF8.GetBytes(AsMaps(document));
            var read = CatalogText.Document(wrapped, out var mistakes);

            Assert.True(mistakes.Count == 0, string.Join('\n', mistakes));
            Assert.Equal(Keys(document), Keys(read!));
            Assert.NotEmpty(json);
        }
    }

    /// <summary>Profiles and groups under their names, as the configuration has them.</summary>
    private static string AsMaps(CatalogDocument document) => JsonSerializer.Serialize(new
    {
        profiles = document.Profiles.ToDictionary(each => each.Name, each => new { kernel = each.Kernel, initrd = each.Initrd, cmdline = each.Cmdline.Length == 0 ? null : each.Cmdline, loader = each.Loader, templates = each.Templates }),
        groups = document.Groups.ToDictionary(each => each.Name, each => new { parent = each.Parent, vars = each.Vars }),
        nodes = document.Nodes.Select(each => new { mac = each.Mac, name = each.Name, vars = each.Vars, next = (string?)null }),
    });

    private static string Keys(CatalogDocument document) =>
        string.Join(' ', document.Profiles.Select(each => each.Name).Concat(document.Groups.Select(each => each.Name)).Concat(document.Nodes.Select(each => each.Mac)).Order(StringComparer.Ordinal));

    private static CatalogDocument Any(Random random)
    {
        string Text() => Texts[random.Next(Texts.Length)];
        string? Word(string word) => random.Next(2) == 0 ? null : word;
        Dictionary<string, string> Vars() => Enumerable.Range(0, random.Next(4)).ToDictionary(i => i == 3 ? "null" : $"v{i}", _ => Text());
        return new CatalogDocument
        {
            Profiles = [.. Enumerable.Range(0, random.Next(3)).Select(i => new ProfileSpec
            {
                Name = i == 0 ? "null" : $"p{i}",
                Kernel = "a b/vmlinuz",
                Initrd = [.. Enumerable.Range(0, random.Next(3)).Select(j => $"i {j}.img")],
                Cmdline = random.Next(2) == 0 ? "" : "console=ttyS0 \"a=b c\" x:y # z",
                Loader = random.Next(2) == 0 ? "auto" : "uki",
                Templates = Enumerable.Range(0, random.Next(3)).ToDictionary(j => $"t{j}.cfg", _ => Templates[random.Next(Templates.Length)]),
            })],
            Groups = [.. Enumerable.Range(0, random.Next(3)).Select(i => new GroupSpec { Name = $"g{i}", Parent = Word("g0"), Profile = Word("p1"), Intent = Word("hold"), Vars = Vars(), Bmc = random.Next(2) == 0 ? null : new BmcSpec(null, "ipmi", null) })],
            Nodes = [.. Enumerable.Range(0, random.Next(4)).Select(i => new NodeSpec
            {
                Mac = $"52:54:00:77:00:0{i}",
                Name = Word($"n{i}"),
                Ip = Word($"10.77.0.{i + 2}"),
                Group = Word("g0"),
                Profile = Word("null"),
                Intent = Word("once"),
                Next = Word("p1"),
                Vars = Vars(),
                Bmc = random.Next(2) == 0 ? null : new BmcSpec("[::1]:443", "redfish", "lab"),
            })],
        };
    }
}
