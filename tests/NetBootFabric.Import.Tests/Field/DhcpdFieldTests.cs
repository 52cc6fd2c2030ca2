namespace NetBootFabric.Import.Tests.Field;

/// <summary>Files of ISC dhcpd as sites have them, by dhcpd.conf(5) and dhcpd.leases(5).</summary>
public sealed class DhcpdFieldTests
{
    private const string Journal = """
        # The format of this file is documented in the dhcpd.leases(5) manual page.
        authoring-byte-order little-endian;
        server-duid "\000\001\000\001";
        host n07 { dynamic; hardware ethernet 52:54:00:00:00:07; fixed-address 10.77.0.27; }
        host n07 { dynamic; deleted; }
        host n08 { dynamic; hardware ethernet 52:54:00:00:00:08; fixed-address 10.77.0.28; }
        host n08 { dynamic; deleted; }
        host n08 {
          dynamic;
          hardware ethernet 52:54:00:00:01:08;
          fixed-address 10.77.0.28;
                supersede server.ddns-hostname = "n08";
                supersede host-name = "n08";
                supersede server.filename = "pxelinux.0";
        }
        lease 10.77.0.120 { starts 1 2026/11/02 08:00:00; ends never; binding state active; hardware ethernet 52:54:00:00:00:99; uid "\001RT\000\000\000\231"; }
        lease 10.77.0.120 { starts 2 2026/11/03 08:00:00; ends never; binding state active; hardware ethernet 52:54:00:00:00:99; }
        lease 10.77.0.121 { starts 1 2026/11/02 08:00:00; ends 1 2026/11/02 20:00:00; binding state free; hardware ethernet 52:54:00:00:00:98; }
        """;

    [Fact]
    public void The_last_word_of_the_journal_counts()
    {
        var read = Sample.Text(ImportFormat.Dhcpd, Journal);

        Assert.Equal(0, read.Broken);
        Assert.Equal(["52:54:00:00:01:08 n08 10.77.0.28 -"], Sample.Lines(read));
        Assert.Equal(
        [
            "4 host n07: was deleted at line 5, and the last word of the journal counts",
            "5 host n07: was deleted at line 5, and the last word of the journal counts",
            "6 host n08: is said anew at line 8, and the last word of the journal counts",
            "7 host n08: is said anew at line 8, and the last word of the journal counts",
            "14 supersede server.filename = \"pxelinux.0\": says what to boot: the fabric chooses the loader by the firmware; give the node a profile",
            "16 lease 10.77.0.120 and those of 1 more addresses: is a lease, and no node; a client keeps its address where the fabric's range has it, or a node says it",
        ], read.Notes.Select(note => $"{note.Line} {note.What}: {note.Why}"));
    }

    [Fact]
    public void A_host_of_the_configuration_that_was_deleted_later_is_gone()
    {
        var read = Sample.Text(ImportFormat.Dhcpd, """
            host n07 { hardware ethernet 52:54:00:00:00:07; }
            host n09 { hardware ethernet 52:54:00:00:00:09; }
            host n07 { dynamic; deleted; }
            """);
        Assert.Equal(["52:54:00:00:00:09 n09 - -"], Sample.Lines(read));
    }

    [Fact]
    public void Hosts_inside_of_a_pool_are_carried()
    {
        var read = Sample.Text(ImportFormat.Dhcpd, """
            shared-network room {
              subnet 10.77.0.0 netmask 255.255.255.0 {
                pool {
                  range 10.77.0.100 10.77.0.150; deny unknown-clients;
                  host n31 { hardware ethernet 52:54:00:00:00:31; fixed-address 10.77.0.31; }
                  group { host n32 { hardware ethernet 52:54:00:00:00:32; fixed-address 10.77.0.32; } }
                }
              }
            }
            """);

        Assert.Equal(0, read.Broken);
        Assert.Equal(["52:54:00:00:00:31 n31 10.77.0.31 -", "52:54:00:00:00:32 n32 10.77.0.32 -"], Sample.Lines(read));
    }

    [Theory]
    [InlineData("if option arch = 00:07 { host n33 { hardware ethernet 52:54:00:00:00:33; } }")]
    [InlineData("class \"pxe\" { match if true; if true { host n33 { hardware ethernet 52:54:00:00:00:33; } } }")]
    [InlineData("polo { host n33 { hardware ethernet 52:54:00:00:00:33; } }")]
    public void A_host_where_dhcpd_takes_none_is_broken_by_name(string text)
    {
        var read = Sample.Text(ImportFormat.Dhcpd, text);

        Assert.Equal(("host n33", true), (Sample.Note(read, "host n33").What, Sample.Note(read, "host n33").Broken));
        Assert.Empty(read.Document.Nodes);
    }

    [Fact]
    public void Of_several_addresses_the_one_in_a_subnet_of_the_fabric_is_carried()
    {
        const string text = """
            host n53 { hardware ethernet 52:54:00:00:00:53; fixed-address 192.0.2.53, 10.77.0.53, 10.77.1.53; }
            host n54 { hardware ethernet 52:54:00:00:00:54; fixed-address 192.0.2.54; }
            host n52 { hardware ethernet 52:54:00:00:00:52; fixed-address n52.example.com; }
            """;
        var read = ImportReader.Read(ImportFormat.Dhcpd, System.Text.Encoding.UTF8.GetBytes(text), address =>
            address.StartsWith("10.77.", StringComparison.Ordinal));

        Assert.Equal(["52:54:00:00:00:53 n53 10.77.0.53 -", "52:54:00:00:00:54 n54 192.0.2.54 -", "52:54:00:00:00:52 n52 - -"],
            Sample.Lines(read));
        Assert.Equal("is in no subnet here; 10.77.0.53 is carried", Sample.Note(read, "192.0.2.53").Why);
        Assert.Equal("a node has one address; 10.77.0.53 is carried", Sample.Note(read, "10.77.1.53").Why);
        Assert.Contains("looks up", Sample.Note(read, "n52.example.com").Why, StringComparison.Ordinal);
    }
}
