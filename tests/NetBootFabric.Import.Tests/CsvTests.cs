using NetBootFabric.AdminApi.Catalog;

namespace NetBootFabric.Import.Tests;

public sealed class CsvTests
{
    [Fact]
    public void A_table_of_a_spreadsheet_becomes_nodes()
    {
        var read = Sample.Read(ImportFormat.Csv, "nodes.csv");

        Assert.Equal(0, read.Broken);
        Assert.Equal(
        [
            "52:54:00:77:00:01 n001 10.77.0.11 compute rack=r1 unit=1",
            "52:54:00:77:00:02 n002 10.77.0.12 compute rack=r1 unit=2; upper",
            "52:54:00:77:00:03 n003 - -",
            "52:54:00:77:00:04 n004 10.77.0.14 gpu",
        ], Sample.Lines(read));
        Assert.Equal(new BmcSpec("10.78.0.11", "redfish", "room"), read.Document.Nodes[0].Bmc);
        Assert.Equal("rescue", read.Document.Nodes[1].Profile);
    }

    [Fact]
    public void Passwords_and_unknown_columns_are_said_and_left_out()
    {
        var read = Sample.Read(ImportFormat.Csv, "nodes.csv");

        Assert.Equal(["bmc.password", "Owner"], read.Notes.Select(note => note.What));
        Assert.DoesNotContain("hunter2", string.Join('\n', read.Notes) + System.Text.Json.JsonSerializer.Serialize(read.Document, CatalogJson.Default.CatalogDocument), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mac,name\n52:54:00:77:00:01,n001\n")]
    [InlineData("sep=;\r\nmac;name\r\n52:54:00:77:00:01;n001")]
    [InlineData("name\tmac\nn001\t52:54:00:77:00:01\n")]
    [InlineData("\"mac\", \"name\"\n\"52:54:00:77:00:01\", \"n001\"\n")]
    public void Commas_semicolons_and_tabs_are_told_apart(string text) => Assert.Equal("52:54:00:77:00:01 n001 - -", Assert.Single(Sample.Lines(Sample.Text(ImportFormat.Csv, text))));

    [Fact]
    public void A_spreadsheets_Unicode_text_is_read()
    {
        var read = ImportReader.Read(ImportFormat.Csv, [0xff, 0xfe, .. System.Text.Encoding.Unicode.GetBytes("mac\tname\r\n52:54:00:77:00:01\tn001\r\n")]);
        Assert.Equal("52:54:00:77:00:01 n001 - -", Assert.Single(Sample.Lines(read)));
    }

    [Fact]
    public void Quoted_cells_may_have_quotes_and_lines()
    {
        var read = Sample.Text(ImportFormat.Csv, "mac,vars.note,vars.x\n52:54:00:77:00:01,\"say \"\"hello\"\"\",\"a\nb\"\n52:54:00:77:00:02,z,\n");

        Assert.Equal(["52:54:00:77:00:01 - - - note=say \"hello\"", "52:54:00:77:00:02 - - - note=z"], Sample.Lines(read));
        Assert.Equal("x", Assert.Single(read.Notes).What);
    }

    [Theory]
    [InlineData("52:54:00:77:00:01,a,10.77.0.1,x,y", "cells")]
    [InlineData(",a,10.77.0.1,", "no MAC")]
    [InlineData("52:54:00:77:00:99,a,10.77.0.1,", "MAC address of the node at line 2")]
    [InlineData("52:54:00:77:00:01,good,10.77.0.1,", "name of the node at line 2")]
    [InlineData("52:54:00:77:00:01,a,10.77.0.99,", "address of the node at line 2")]
    [InlineData("52:54:00:77:00:01,a,10.77.0.1,sometimes", "always")]
    [InlineData("52:54:00:77:00:01,a,010.77.0.1,", "IPv4")]
    [InlineData("ff:ff:ff:ff:ff:ff,a,10.77.0.1,", "of a machine")]
    [InlineData("52:54:00:77:00:01,\"a,10.77.0.1,", "quote")]
    public void A_broken_line_is_named_and_not_carried(string line, string why)
    {
        var read = Sample.Text(ImportFormat.Csv, $"mac,name,ip,intent\n52:54:00:77:00:99,good,10.77.0.99,hold\n{line}\n");

        Assert.Contains("good", read.Document.Nodes[0].Name, StringComparison.Ordinal);
        Assert.Contains(read.Notes, note => note is { Broken: true, Line: 3 } && note.Why.Contains(why, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("name,ip\na,10.77.0.1\n")]
    [InlineData("mac,name,mac\n")]
    public void Headings_are_needed(string text) => Assert.True(Sample.Text(ImportFormat.Csv, text).Broken > 0);
}
