namespace NetBootFabric.Import.Tests.Field;

/// <summary>Names, MAC addresses and tables as people and their spreadsheets write them.</summary>
public sealed class SpellingFieldTests
{
    [Theory]
    [InlineData("gpu_node_1", "gpu-node-1", "RFC 1123")]
    [InlineData("n56.", "n56", null)]
    [InlineData("Rack3.N55", "Rack3.N55", null)]
    [InlineData("Meross_Smart_Plug", "Meross-Smart-Plug", "RFC 1123")]
    [InlineData("knoten-ü", "-", "no host name")]
    [InlineData("_", "-", "no host name")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "-", "no host name")]
    public void The_nearest_host_name_is_carried_and_told(string name, string carried, string? why)
    {
        var read = Sample.Text(ImportFormat.Dnsmasq, $"dhcp-host=52:54:00:00:00:54,{name},10.77.0.54\n");

        Assert.Equal($"52:54:00:00:00:54 {carried} 10.77.0.54 -", Assert.Single(Sample.Lines(read)));
        Assert.Equal(why is null ? 0 : 1, read.Notes.Count);
        if (why is not null) Assert.Contains(why, read.Notes[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_fall_together_are_told()
    {
        var read = Sample.Text(ImportFormat.Dnsmasq, "dhcp-host=52:54:00:00:00:54,gpu-node-1\ndhcp-host=52:54:00:00:00:55,gpu_node_1\n");

        Assert.Equal(["52:54:00:00:00:54 gpu-node-1 - -", "52:54:00:00:00:55 - - -"], Sample.Lines(read));
        Assert.Equal("would be gpu-node-1, which is the name of the node at line 1, and a name is one node's here; the node is carried without it", Assert.Single(read.Notes).Why);
    }

    [Fact]
    public void The_address_of_a_name_is_found_as_it_was_written() =>
        Assert.Equal("52:54:00:00:00:54 gpu-node-1 10.77.0.54 -",
            Assert.Single(Sample.Lines(Sample.Text(ImportFormat.Ethers, "52:54:00:00:00:54 gpu_node_1\n10.77.0.54 gpu_node_1\n"))));

    [Fact]
    public void A_spreadsheets_table_is_read_as_it_saves_it()
    {
        const string text = "\ufeffmac;name;ip;vars.note;;\r\n01-52-54-00-00-00-58;n58;10.77.0.58;\"two\r\nlines\";;\r\n525400000059;n59;10.77.0.59;;;;;\r\n5254.0000.005a;n5a\r\n";
        var read = Sample.Text(ImportFormat.Csv, text);

        Assert.Equal(0, read.Broken);
        Assert.Equal(["52:54:00:00:00:58 n58 10.77.0.58 -", "52:54:00:00:00:59 n59 10.77.0.59 -", "52:54:00:00:00:5a n5a - -"],
            Sample.Lines(read));
    }

    [Theory]
    [InlineData("52:54:00:00:00:57;n57;010.077.000.057", "010.077.000.057", "is no IPv4 address")]
    [InlineData("5.25400000060E+11;n60;10.77.0.60", "5.25400000060E+11", "spreadsheet")]
    [InlineData("5,254E+11;n60;10.77.0.60", "5,254E+11", "spreadsheet")]
    [InlineData("2540000060;n60;10.77.0.60", "2540000060", "spreadsheet")]
    [InlineData("02-52-54-00-00-00-58;n58;10.77.0.58", "02-52-54", "is no MAC address")]
    public void What_a_spreadsheet_damaged_is_named(string row, string what, string why)
    {
        var note = Sample.Note(Sample.Text(ImportFormat.Csv, $"mac;name;ip\n{row}\n"), what);
        Assert.True(note.Broken);
        Assert.Contains(why, note.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_tables_one_after_the_other_have_headings_each() =>
        Assert.Equal(["52:54:00:00:00:58 n58 - -", "52:54:00:00:00:59 n59 10.77.0.59 -"],
            Sample.Lines(Sample.Text(ImportFormat.Csv,
            "mac,name\n52:54:00:00:00:58,n58\n\ufeffname,ip,mac\nn59,10.77.0.59,52:54:00:00:00:59\n")));

    [Theory]
    [InlineData("Name,Operating System,Host Group,IP,MAC", "n71,Debian 12,compute,10.77.0.71,52:54:00:00:00:71")]
    [InlineData("FQDN,Boot MAC,IP Address,Hostgroup", "n71,52:54:00:00:00:71,10.77.0.71,compute")]
    public void Exports_of_other_systems_are_read_by_their_headings(string headings, string row) =>
        Assert.Equal("52:54:00:00:00:71 n71 10.77.0.71 compute",
            Assert.Single(Sample.Lines(Sample.Text(ImportFormat.Csv, $"{headings}\n{row}\n"))));

    [Theory]
    [InlineData(ImportFormat.Kea, "{ \"reservations\": [ { \"hw-address\": \"{0}\" } ] }")]
    [InlineData(ImportFormat.Dnsmasq, "dhcp-host={0},n61")]
    [InlineData(ImportFormat.Csv, "mac,name\n{0},n61\n")]
    [InlineData(ImportFormat.Warewulf, "nodes:\n  n61:\n    network devices:\n      ib0: {hwaddr: '{0}'}\n")]
    public void The_address_of_an_InfiniBand_card_is_told_and_nothing_is_broken(ImportFormat format, string form)
    {
        var read = Sample.Text(format,
            form.Replace("{0}", "80:00:02:08:fe:80:00:00:00:00:00:00:52:54:00:00:00:00:00:61", StringComparison.Ordinal));

        Assert.Equal((0, 0), (read.Broken, read.Document.Nodes.Count));
        Assert.Contains(read.Notes, note =>
            note.What.Contains("80:00", StringComparison.Ordinal) || note.Why.Contains("hwaddr", StringComparison.Ordinal));
    }

    [Fact]
    public void Warewulf_takes_the_Ethernet_card_of_a_node_with_both()
    {
        const string text = "nodes:\n  n62:\n    primary network: ib0\n    network devices:\n      ib0: {hwaddr: '80:00:02:08:fe:80:00:00:00:00:00:00:52:54:00:00:00:00:00:62'}\n      eth1: {hwaddr: 52:54:00:00:00:0A, ipaddr: 10.77.0.62}\n      eth2: {hwaddr: ''}\n";
        Assert.Equal("52:54:00:00:00:0a n62 10.77.0.62 -", Assert.Single(Sample.Lines(Sample.Text(ImportFormat.Warewulf, text))));
    }
}
