namespace NetBootFabric.Import.Tests;

public sealed class DhcpdTests
{
    private static readonly Imported Whole = Sample.Read(ImportFormat.Dhcpd, "dhcpd.conf");

    [Fact]
    public void Hosts_become_nodes_wherever_they_stand()
    {
        Assert.Equal(0, Whole.Broken);
        Assert.Equal(
        [
            "52:54:00:77:00:01 n001 10.77.0.11 -",
            "52:54:00:77:00:02 node-two 10.77.0.12 -",
            "00:c0:c3:49:2b:57 ncd1 - -",
            "00:c0:c3:80:fc:32 ncd4 10.77.0.24 -",
            "52:54:00:77:00:10 n010 10.77.0.30 compute",
            "52:54:00:77:00:11 n011 10.77.0.31 gpu",
            "52:54:00:77:00:12 n012 - compute",
            "52:54:00:77:00:99 stranger - -",
        ], Sample.Lines(Whole));
    }

    [Fact]
    public void Groups_with_names_keep_their_nesting() => Assert.Equal("compute", Sample.Group(Whole, "gpu").Parent);

    [Fact]
    public void A_host_that_may_not_boot_boots_from_its_disk() => Assert.Equal("local", Whole.Document.Nodes.Single(node => node.Name == "stranger").Intent);

    [Theory]
    [InlineData("include", "import that too")]
    [InlineData("class \"pxeclients\"", "groups")]
    [InlineData("subclass", "groups")]
    [InlineData("pool", "subnets")]
    [InlineData("range 10.77.1.0", "subnets")]
    [InlineData("10.78.0.12", "one address")]
    [InlineData("group", "has no name")]
    [InlineData("filename \"Xncd19r\"", "profile")]
    [InlineData("filename \"gpu/pxelinux.0\"", "profile")]
    [InlineData("next-server 10.77.0.2", "profile")]
    [InlineData("option root-path", "subnets")]
    [InlineData("fixed-address n012.cluster.example", "looks up")]
    [InlineData("host ring", "token-ring")]
    [InlineData("host byid", "MAC address")]
    [InlineData("fixed-address6", "IPv4")]
    public void What_has_no_place_here_is_said(string what, string why) => Assert.Contains(why, Sample.Note(Whole, what).Why, StringComparison.Ordinal);

    [Fact]
    public void Keys_are_passed_over_without_a_word() => Assert.DoesNotContain(Whole.Notes, note => note.What.Contains("pRP5", StringComparison.Ordinal));

    [Theory]
    [InlineData("host a { hardware ethernet 52:54:00:77:00:01 }", "semicolon")]
    [InlineData("host a { hardware ethernet 52:54:00:77:00:01\n fixed-address 10.77.0.11; }", "semicolon")]
    [InlineData("host a { hardware ethernet 52:54:00:77:00; }", "MAC address")]
    [InlineData("host a { hardware ethernet 52:54:00:77:00:01; fixed-address 10.77.0.256; }", "10.77.0.256")]
    [InlineData("host a { hardware ethernet 52:54:00:77:00:01; fixed-address 10.77.0.11 option host-name \"a\"; }", "semicolon")]
    [InlineData("host a { hardware ethernet 52:54:00:77:00:01; hardware ethernet 52:54:00:77:00:02; }", "second")]
    [InlineData("host { hardware ethernet 52:54:00:77:00:01; }", "without a name")]
    [InlineData("host a { option host-name \"a; }", "closing quote")]
    [InlineData("}", "never opened")]
    public void What_makes_no_sense_is_broken_and_not_carried(string text, string why)
    {
        var read = Sample.Text(ImportFormat.Dhcpd, $"host good {{ hardware ethernet 52:54:00:77:00:99; }}\n{text}\n");

        Assert.True(read.Broken > 0);
        Assert.Equal("good", Assert.Single(read.Document.Nodes).Name);
        Assert.Contains(read.Notes, note => note.Broken && note.Line >= 2 && (note.What + note.Why).Contains(why, StringComparison.Ordinal));
    }

    [Fact]
    public void A_block_that_is_never_closed_is_broken()
    {
        var read = Sample.Text(ImportFormat.Dhcpd, "group \"a\" {\n  host n1 { hardware ethernet 52:54:00:77:00:01; }\n");
        Assert.Equal("its block is never closed", Assert.Single(read.Notes, note => note.Broken).Why);
    }

    [Fact]
    public void A_group_inside_of_itself_makes_no_circle()
    {
        var read = Sample.Text(ImportFormat.Dhcpd, "group \"a\" { group \"b\" { group \"a\" { host n1 { hardware ethernet 52:54:00:77:00:01; } } } }");

        Assert.Equal("a", Assert.Single(read.Document.Nodes).Group);
        Assert.Null(Sample.Group(read, "a").Parent);
    }
}
