using System.Collections.Frozen;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Node.Catalog;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Tests.Catalog;

public sealed class NodeSelectorTests
{
    private static readonly Room Room = new()
    {
        Nodes = Enumerable.Range(1, 12).Select(i => new NodeEntry
        {
            Mac = new MacAddress(0x525400770000UL + (ulong)i),
            Name = $"n{i:000}",
            Groups = i <= 4 ? ["rack1", "room"] : ["room"],
            Variables = new Dictionary<string, string> { ["rack"] = i <= 4 ? "r1" : "r2", ["os"] = i % 2 == 0 ? "debian" : "alma" }.ToFrozenDictionary(),
        }).ToFrozenDictionary(node => node.Mac),
    };

    [Theory]
    [InlineData("n001", "1")]
    [InlineData("N001,n002, n001", "1 2")]
    [InlineData("52:54:00:77:00:03", "3")]
    [InlineData("n[001-003,011]", "1 2 3 11")]
    [InlineData("n[9-9],n009", null)]
    [InlineData("@rack1", "1 2 3 4")]
    [InlineData("@room", "1 2 3 4 5 6 7 8 9 10 11 12")]
    [InlineData("rack=r1", "1 2 3 4")]
    [InlineData("os=debian,n001", "1 2 4 6 8 10 12")]
    [InlineData("all", "1 2 3 4 5 6 7 8 9 10 11 12")]
    public void Nodes_are_found_once_each_in_the_order_of_their_names(string text, string? expected)
    {
        var found = NodeSelector.Parse(text, out var mistake)!.Find(Room, out var missing);
        Assert.Null(mistake);
        if (expected is null) Assert.Equal(["n9"], missing);
        else Assert.Equal(expected, string.Join(' ', found.Select(node => int.Parse(node.Name![1..], System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void What_names_nobody_is_said()
    {
        NodeSelector.Parse("n001,n[012-014],@rack9,rack=r9,52:54:00:77:00:99", out _)!.Find(Room, out var missing);
        Assert.Equal(["n013", "n014", "@rack9", "rack=r9", "52:54:00:77:00:99"], missing);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" , ")]
    [InlineData("n[")]
    [InlineData("n[a-b]")]
    [InlineData("n[5-1]")]
    [InlineData("n[1-99999999999]")]
    [InlineData("n[1-2][3-4]")]
    [InlineData("n[000001-999999]")]
    public void What_is_no_selection_is_refused_with_a_sentence(string text)
    {
        Assert.Null(NodeSelector.Parse(text, out var mistake));
        Assert.NotEmpty(mistake!);
    }
}
