namespace NetBootFabric.Import.Tests;

public sealed class DnsmasqTests
{
    private static readonly Imported Whole = Sample.Read(ImportFormat.Dnsmasq, "dnsmasq.conf", "dnsmasq.hosts");

    [Fact]
    public void Every_host_with_a_MAC_address_becomes_a_node()
    {
        Assert.Equal(0, Whole.Broken);
        Assert.Equal(
        [
            "52:54:00:77:00:01 n001 10.77.0.11 -",
            "52:54:00:77:00:02 n002 10.77.0.12 -",
            "52:54:00:77:00:03 n003 10.77.0.13 -",
            "52:54:00:77:00:04 - 10.77.0.14 -",
            "52:54:00:77:00:05 n005 - -",
            "52:54:00:77:00:06 n006 10.77.0.16 gpu",
            "52:54:00:77:00:07 n007 10.77.0.17 gpu",
            "52:54:00:77:00:08 n008 10.77.0.18 gpu",
            "52:54:00:77:00:09 n009 10.77.0.19 -",
            "52:54:00:77:00:0a n009-2 - -",
            "52:54:00:77:00:0b n011 10.77.0.21 -",
            "52:54:00:77:00:0c n013 10.77.0.24 -",
            "52:54:00:77:00:0d n014 10.77.0.25 -",
            "52:54:00:77:00:0e n015 10.77.0.26 -",
            "52:54:00:77:00:0f n016 - -",
            "52:54:00:78:00:01 n101 10.77.1.1 -",
            "52:54:00:78:00:02 n102 10.77.1.2 gpu",
            "52:54:00:78:00:04 - 10.77.1.4 -",
        ], Sample.Lines(Whole));
        Assert.Equal("gpu", Assert.Single(Whole.Document.Groups).Name);
    }

    [Theory]
    [InlineData("dhcp-range=set:mgmt", "subnets")]
    [InlineData("dhcp-boot=pxelinux.0", "profile")]
    [InlineData("pxe-service", "profile")]
    [InlineData("infinite", "lease time")]
    [InlineData("45m", "lease time")]
    [InlineData("tag:!efi64", "that tag only")]
    [InlineData("set:rack1", "one group")]
    [InlineData("52:54:00:77:00:0a", "the first one has them")]
    [InlineData("id:01:02:03:04", "client id")]
    [InlineData("id:clientidastext", "client id")]
    [InlineData("06-00:20:e0:3b:13:af", "no Ethernet")]
    [InlineData("00:20:e0:3b:13:*", "many MAC addresses")]
    [InlineData("00:20:e0:3b:13:af,ignore", "unknown: ignore")]
    [InlineData("lap,10.77.0.99", "MAC address")]
    [InlineData("[1234::56]", "IPv6")]
    [InlineData("dhcp-hostsfile", "import that too")]
    public void What_has_no_place_here_is_said(string what, string why) => Assert.Contains(why, Sample.Note(Whole, what).Why, StringComparison.Ordinal);

    [Fact]
    public void Lines_that_concern_DNS_alone_are_passed_over()
    {
        Assert.DoesNotContain(Whole.Notes, note => note.What.StartsWith("server", StringComparison.Ordinal) || note.What.StartsWith("local", StringComparison.Ordinal) || note.What.StartsWith("bogus", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("dhcp-host=52:54:00:77:00,n001", "52:54:00:77:00")]
    [InlineData("dhcp-host=52-54-00-77-00-01,n001", "a name to dnsmasq")]
    [InlineData("dhcp-host=52:54:00:77:00:01,10.77.0.999", "no IPv4 address")]
    [InlineData("dhcp-host=52:54:00:77:00:01,n001,n002", "second name")]
    [InlineData("dhcp-host=10.77.0.11", "for whom")]
    [InlineData("dhcp-host=01:00:5e:00:00:01,n001", "of a machine")]
    [InlineData("dhcp-hots=52:54:00:77:00:01", "neither an option")]
    [InlineData("dhcp-host=52:54:00:77:00:01,[2001:db8::1", "']'")]
    public void What_makes_no_sense_is_broken_and_not_carried(string line, string why)
    {
        var read = Sample.Text(ImportFormat.Dnsmasq, $"dhcp-host=52:54:00:77:00:99,good\n{line}\n");

        Assert.Equal(1, read.Broken);
        Assert.Equal("good", Assert.Single(read.Document.Nodes).Name);
        var note = Assert.Single(read.Notes);
        Assert.Equal(2, note.Line);
        Assert.Contains(why, note.What + note.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--dhcp-host=52:54:00:77:00:01,n001")]
    [InlineData("ExecStart=/usr/sbin/dnsmasq --keep-in-foreground --dhcp-host=52:54:00:77:00:01,n001")]
    [InlineData("/usr/sbin/dnsmasq --port=0 -G 52:54:00:77:00:01,n001 --log-dhcp")]
    [InlineData("dnsmasq --dhcp-host 52:54:00:77:00:01,n001")]
    public void Options_are_read_as_on_a_command_line(string line)
    {
        var read = Sample.Text(ImportFormat.Dnsmasq, line);
        Assert.Equal(0, read.Broken);
        Assert.Equal("52:54:00:77:00:01 n001 - -", Assert.Single(Sample.Lines(read)));
    }

    [Fact]
    public void Machines_that_share_a_name_or_an_address_are_carried_once()
    {
        var read = Sample.Text(ImportFormat.Dnsmasq, "dhcp-host=52:54:00:77:00:01,lap,10.77.0.11\ndhcp-host=52:54:00:77:00:02,lap,10.77.0.12\ndhcp-host=52:54:00:77:00:03,10.77.0.11\ndhcp-host=52:54:00:77:00:01,10.78.0.11\n");

        Assert.Equal(["52:54:00:77:00:01 lap 10.77.0.11 -", "52:54:00:77:00:02 - 10.77.0.12 -", "52:54:00:77:00:03 - - -"], Sample.Lines(read));
        Assert.Equal([2, 3, 4], read.Notes.Select(note => note.Line));
    }

    [Fact]
    public void Ethers_get_their_addresses_from_hosts()
    {
        var read = Sample.Read(ImportFormat.Ethers, "ethers", "hosts");

        Assert.Equal(["08:00:20:00:61:ca pal 10.77.0.40 -", "08:00:20:00:61:cb - 10.77.0.41 -", "52:54:00:79:00:03 n203.cluster.example 10.77.0.43 -", "52:54:00:79:00:04 unknown-to-hosts - -"], Sample.Lines(read));
        Assert.Empty(read.Notes);
    }

    [Fact]
    public void A_name_of_hosts_is_the_address_of_a_dnsmasq_entry_too()
    {
        var read = Sample.Text(ImportFormat.Dnsmasq, "dhcp-host=52:54:00:77:00:01,n001\n10.77.0.11 n001.cluster n001\n");
        Assert.Equal("52:54:00:77:00:01 n001 10.77.0.11 -", Assert.Single(Sample.Lines(read)));
    }

    [Fact]
    public void A_line_of_ethers_that_is_none_is_broken()
    {
        var read = Sample.Text(ImportFormat.Ethers, "52:54:00:77:00:01 n001\n52:54:00:77:00 n002\n");
        Assert.Equal(2, Assert.Single(read.Notes, note => note.Broken).Line);
    }
}
