using System.Text;

namespace NetBootFabric.Import.Tests.Field;

/// <summary>What xCAT's tabdump prints.</summary>
public sealed class XcatFieldTests
{
    private const string Mac = """
        #node,interface,mac,comments,disable
        "n41","eth0","52:54:00:00:00:41",,
        "n42",,"52:54:00:00:00:42|52:54:00:00:01:42!n42-ib",,
        "n43",,"52:54:00:00:00:43!*NOIP*",,
        "n44",,"52:54:00:00:00:44",,"1"
        "n45",,"80:00:02:08:fe:80:00:00:00:00:00:00:52:54:00:00:00:00:00:45!n45-ib|52:54:00:00:00:45!n45",,
        "n46",,"52:54:00:00:46",,

        """;

    private const string Hosts = """
        #node,ip,hostnames,otherinterfaces,comments,disable
        "n41","10.77.0.41",,,,
        "n43","10.77.0.43",,,,
        "compute","|n(\d+)|10.77.0.($1+0)|",,,,
        "n47","10.77.0.47",,,,

        """;

    private const string NodeList = """
        #node,groups,status,statustime,appstatus,appstatustime,primarysn,hidden,updatestatus,updatestatustime,zonename,comments,disable
        "n41","all,compute,rack1",,,,,,,,,,,

        """;

    [Fact]
    public void The_table_of_cards_makes_nodes_with_their_names()
    {
        var read = Sample.Text(ImportFormat.Xcat, Mac);

        Assert.Equal(["52:54:00:00:00:41 n41 - -", "52:54:00:00:00:42 n42 - -", "52:54:00:00:00:43 n43 - -", "52:54:00:00:00:45 n45 - -"],
            Sample.Lines(read));
        Assert.Contains("it boots from", Sample.Note(read, "52:54:00:00:01:42!n42-ib").Why, StringComparison.Ordinal);
        Assert.Equal((5, "is disabled there (disable)"), (Sample.Note(read, "n44").Line, Sample.Note(read, "n44").Why));
        Assert.True(Sample.Note(read, "52:54:00:00:46").Broken);
        Assert.Equal(1, read.Broken);
    }

    [Fact]
    public void Tables_that_are_read_together_are_put_together_by_name()
    {
        var read = Sample.Text(ImportFormat.Xcat,
            Mac.Replace("\"n46\",,\"52:54:00:00:46\",,\n", "", StringComparison.Ordinal) + Hosts + NodeList);

        Assert.Equal(["52:54:00:00:00:41 n41 10.77.0.41 compute", "52:54:00:00:00:42 n42 - -", "52:54:00:00:00:43 n43 - -",
            "52:54:00:00:00:45 n45 - -"], Sample.Lines(read));
        Assert.Contains("expression", Sample.Note(read, "compute").Why, StringComparison.Ordinal);
        Assert.Contains("*NOIP*", Sample.Note(read, "n43: 10.77.0.43").Why, StringComparison.Ordinal);
        Assert.Contains("tabdump mac", Sample.Note(read, "n47").Why, StringComparison.Ordinal);
        Assert.Contains("one group", Sample.Note(read, "n41: rack1").Why, StringComparison.Ordinal);
        Assert.Equal(0, read.Broken);
    }

    [Theory]
    [InlineData(Mac)]
    [InlineData(Hosts)]
    [InlineData(NodeList)]
    public void The_headings_tell_whose_it_is(string text) =>
        Assert.Equal(ImportFormat.Xcat, FormatGuess.Of("x", Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("\"n41\",\"eth0\",\"52:54:00:00:00:41\",,\n", "before any headings")]
    [InlineData("#node,interface,mac,comments,disable\n,,\"52:54:00:00:00:41\",,\n", "has no node")]
    [InlineData("", "no line of headings")]
    public void What_makes_no_sense_is_broken(string text, string why) =>
        Assert.Contains(Sample.Text(ImportFormat.Xcat, text).Notes, note =>
            note.Broken && note.Why.Contains(why, StringComparison.Ordinal));

    [Fact]
    public void Another_table_is_told_once() =>
        Assert.Contains("mac, hosts and nodelist",
            Assert.Single(Sample.Text(ImportFormat.Xcat, "#node,servicenode,netboot,comments,disable\n\"n41\",,\"xnba\",,\n").Notes)
            .Why, StringComparison.Ordinal);
}
