using System.Text;

namespace NetBootFabric.Import.Tests;

/// <summary>No bytes make a reader throw or hang, or let anything into the catalog that it could not hold.</summary>
public sealed class AnyBytesTests
{
    private static readonly string[] Samples = ["dnsmasq.conf", "dnsmasq.hosts", "ethers", "hosts", "dhcpd.conf", "kea.conf", "nodes-4.6.conf", "nodes-4.4.conf", "nodes.csv"];
    private static readonly string[] Dictionary =
        ["{", "}", "[", "]", "\"", ",", ";", ":", "\n", "\t", "#", "/*", "<?include \"", "?>", "*", "dhcp-host=", "host ",
            "hardware ethernet ", "- ", "  ", "&a ", "*a", "\0", "\u2028", "~", "null", "\\", "--", "sep=", "profiles: [", "\ud83d\ude00",
            "'", "!!", "? ", "%YAML", "#node,interface,mac,comments,disable\n", "!*NOIP*|", "{\"interfaces\":{\"a\":{\"mac_address\":\"",
            "interfaces: {a: {mac_address: ", "dynamic; ", "deleted; ", "lease "];

    public static TheoryData<ImportFormat> Formats => [.. Enum.GetValues<ImportFormat>()];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Samples_with_anything_done_to_them_are_read_without_a_fault(ImportFormat format)
    {
        var random = new Random(4);
        for (var run = 0; run < 1500; run++) Check(ImportReader.Read(format, Mutated(random)));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Bytes_without_any_sense_are_read_without_a_fault(ImportFormat format)
    {
        var random = new Random(5);
        for (var run = 0; run < 500; run++)
        {
            var bytes = new byte[random.Next(300)];
            random.NextBytes(bytes);
            Check(ImportReader.Read(format, bytes));
        }
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("{\"a\":")]
    [InlineData("group {")]
    [InlineData("host a {")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("\"")]
    [InlineData("a: {")]
    [InlineData("/*")]
    [InlineData("<?include ")]
    [InlineData(",")]
    [InlineData("dhcp-host=")]
    [InlineData("52:54:00:77:00:01,")]
    public void The_same_over_and_over_neither_hangs_nor_fills_the_stack(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 200_000 / piece.Length));
        foreach (var format in Enum.GetValues<ImportFormat>()) Check(Sample.Text(format, text));
    }

    [Fact]
    public void A_text_that_is_too_large_is_refused_at_once()
    {
        var read = ImportReader.Read(ImportFormat.Csv, new byte[ImportReader.SizeLimit + 1]);
        Assert.Contains("MiB", Assert.Single(read.Notes).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Notes_are_bounded_and_the_rest_of_them_counted()
    {
        var read = Sample.Text(ImportFormat.Dnsmasq, string.Concat(Enumerable.Repeat("nonsense\n", 30_000)));

        Assert.Equal(30_000, read.Broken);
        Assert.Equal(30_000, read.Notes.Count + read.NotesLeftOut);
        Assert.True(read.Notes.Count <= 10_000);
    }

    [Fact]
    public void Ten_thousand_machines_are_read_in_each_format_that_has_them()
    {
        var lines = Enumerable.Range(0, 10_000).Select(i => (Mac: $"52:54:00:00:{i >> 8:x2}:{i & 255:x2}", Ip: $"10.77.{i >> 8}.{i & 255}")).ToList();
        Assert.Equal(10_000, Sample.Text(ImportFormat.Dnsmasq, string.Join('\n', lines.Select(each => $"dhcp-host={each.Mac},{each.Ip},set:all"))).Document.Nodes.Count);
        Assert.Equal(10_000, Sample.Text(ImportFormat.Kea, $"[{string.Join(",\n", lines.Select(each => $"{{ \"hw-address\": \"{each.Mac}\", \"ip-address\": \"{each.Ip}\" }}"))}]").Document.Nodes.Count);
        Assert.Equal(10_000, Sample.Text(ImportFormat.Dhcpd, string.Join('\n', lines.Select((each, i) => $"host n{i} {{ hardware ethernet {each.Mac}; fixed-address {each.Ip}; }}"))).Document.Nodes.Count);
        Assert.Equal(10_000, Sample.Text(ImportFormat.Warewulf, $"nodes:\n{string.Join('\n', lines.Select((each, i) => $"  n{i}: {{network devices: {{default: {{hwaddr: '{each.Mac}', ipaddr: {each.Ip}}}}}}}"))}\n").Document.Nodes.Count);
    }

    [Fact]
    public void Escape_sequences_don_t_reach_a_terminal() =>
        Assert.DoesNotContain('\u001b', string.Join('\n', Sample.Text(ImportFormat.Dnsmasq, "dhcp-host=\u001b]0;x\u0007\u001b[31m:1,n001\n").Notes));

    private static byte[] Mutated(Random random)
    {
        var text = new StringBuilder(Encoding.UTF8.GetString(Sample.Bytes(Samples[random.Next(Samples.Length)])));
        for (var change = random.Next(1, 6); change > 0; change--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(1, 40), text.Length - at);
            switch (random.Next(4))
            {
                case 0:
                    text.Remove(at, length);
                    break;
                case 1:
                    text.Insert(at, Dictionary[random.Next(Dictionary.Length)]);
                    break;
                case 2:
                    text.Insert(at, text.ToString(random.Next(text.Length - length + 1), length));
                    break;
                default:
                    text[at] = (char)random.Next(1, 0x250);
                    break;
            }
            if (text.Length == 0) text.Append('x');
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Check(Imported read)
    {
        Assert.Equal(read.Document.Nodes.Count, read.Document.Nodes.Select(node => node.Mac).Distinct().Count());
        Assert.All(read.Document.Nodes, node => Assert.Matches("^([0-9a-f]{2}:){5}[0-9a-f]{2}$", node.Mac));
        Assert.All(read.Document.Nodes, node => Assert.Matches(@"^[A-Za-z0-9.-]*$", node.Name ?? ""));
        Assert.All(read.Notes, note => Assert.DoesNotContain(note.What, char.IsControl));
        var groups = read.Document.Groups.ToDictionary(group => group.Name);
        Assert.All(read.Document.Nodes, node => Assert.True(node.Group is null || groups.ContainsKey(node.Group)));
        Assert.All(groups.Values, group => Assert.True(Ends(group.Name)));

        bool Ends(string? name)
        {
            for (var steps = 0; steps <= groups.Count; steps++)
            {
                if (name is null) return true;
                name = groups[name].Parent;
            }
            return false;
        }
    }
}
