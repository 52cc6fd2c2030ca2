using NetBootFabric.AdminApi.Catalog;

namespace NetBootFabric.Import.Tests;

public sealed class WarewulfTests
{
    private static readonly Imported New = Sample.Read(ImportFormat.Warewulf, "nodes-4.6.conf");
    private static readonly Imported Old = Sample.Read(ImportFormat.Warewulf, "nodes-4.4.conf");

    [Fact]
    public void Nodes_are_their_primary_network_device()
    {
        Assert.Equal(0, New.Broken);
        Assert.Equal(
        [
            "52:54:00:77:00:01 n001 10.77.0.11 default",
            "52:54:00:77:00:02 n002 10.77.0.12 gpu asset_key=A-2002 kernel_args=quiet crashkernel=no nouveau.modeset=0 console=ttyS1 rack=r7",
            "52:54:00:77:00:03 n003 10.77.0.13 rack1-gpu",
        ], Sample.Lines(New));
    }

    [Fact]
    public void Lists_of_profiles_become_chains_of_groups()
    {
        Assert.Equal("default", Sample.Group(New, "gpu").Parent);
        Assert.Equal("rack1", Sample.Group(New, "rack1-gpu").Parent);
        Assert.Equal("default", Sample.Group(New, "rack1").Parent);
        Assert.Equal("r1", Sample.Group(New, "rack1").Vars["rack"]);
        Assert.Equal("h100", Sample.Group(New, "rack1-gpu").Vars["accelerator"]);
    }

    [Fact]
    public void Kernel_arguments_in_a_list_come_behind_those_of_the_profiles_before() =>
        Assert.Equal("quiet crashkernel=no nouveau.modeset=0", Sample.Group(New, "gpu").Vars["kernel_args"]);

    [Fact]
    public void Kernel_arguments_in_one_text_replace_those_of_the_profiles_before() =>
        Assert.Equal("quiet nomodeset", Sample.Group(Old, "old").Vars["kernel_args"]);

    [Fact]
    public void The_spelling_of_4_4_means_the_same()
    {
        Assert.Equal(0, Old.Broken);
        Assert.Equal(["52:54:00:77:00:01 n0000.cluster 10.77.0.11 default", "52:54:00:77:00:02 n0001.cluster 10.77.0.12 old"], Sample.Lines(Old));
        Assert.Equal("north", Sample.Group(Old, "default").Vars["site"]);
        Assert.Equal("rocky-8", Sample.Group(Old, "default").Vars["image"]);
        Assert.Equal(new BmcSpec("10.78.0.12", "ipmi", null), Old.Document.Nodes[1].Bmc);
    }

    [Fact]
    public void An_ipmi_entry_becomes_a_bmc_whose_credentials_are_a_name()
    {
        Assert.Equal(new BmcSpec("10.78.0.11", "ipmi", null), New.Document.Nodes[0].Bmc);
        Assert.Equal(new BmcSpec("10.78.0.12:6230", "ipmi", "ipmi-2"), New.Document.Nodes[1].Bmc);
        Assert.Equal(new BmcSpec(null, "ipmi", "ipmi"), Sample.Group(New, "default").Bmc);
        Assert.Contains("password_file", Sample.Note(New, "ipmi user root").Why, StringComparison.Ordinal);
    }

    [Fact]
    public void No_password_is_in_the_catalog_or_in_a_note()
    {
        foreach (var read in new[] { New, Old })
        {
            var all = System.Text.Json.JsonSerializer.Serialize(read.Document, CatalogJson.Default.CatalogDocument) + string.Join('\n', read.Notes);
            foreach (var password in new[] { "hunter2", "secret-word", "calvin" }) Assert.DoesNotContain(password, all, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("runtime overlay")]
    [InlineData("init")]
    [InlineData("network ib")]
    [InlineData("network data")]
    [InlineData("n004")]
    [InlineData("resources")]
    public void What_has_no_place_here_is_said(string what) => Assert.NotEmpty(Sample.Note(New, what).Why);

    [Fact]
    public void A_profile_can_be_taken_out()
    {
        var read = Sample.Text(ImportFormat.Warewulf, "nodeprofiles: {a: {}, b: {profiles: [a]}}\nnodes:\n  n1: {profiles: [b, ~a], network devices: {default: {hwaddr: '52:54:00:77:00:01'}}}\n");
        Assert.Null(Sample.Group(read, "b").Parent);
    }

    [Fact]
    public void Profiles_of_each_other_end()
    {
        var read = Sample.Text(ImportFormat.Warewulf, "nodeprofiles: {a: {profiles: [b]}, b: {profiles: [a]}}\nnodes:\n  n1: {profiles: [a], network devices: {default: {hwaddr: '52:54:00:77:00:01'}}}\n");
        Assert.Equal("52:54:00:77:00:01 n1 - a", Assert.Single(Sample.Lines(read)));
    }

    [Theory]
    [InlineData("nodes:\n  n1: {network devices: {default: {hwaddr: '52:54:00'}}}", "MAC")]
    [InlineData("nodes:\n  n1: {ipmi: {password: 'very-private\n", "YAML")]
    [InlineData("nodes:\n  n1: [1, 2]", "map")]
    [InlineData("hosts: {}", "nodeprofiles")]
    [InlineData("nodes:\n  n1: &x {}\n  n2: *x", "aliases")]
    public void What_makes_no_sense_is_broken(string text, string why)
    {
        var read = Sample.Text(ImportFormat.Warewulf, text);
        Assert.Contains(why, Assert.Single(read.Notes, note => note.Broken).Why, StringComparison.Ordinal);
        Assert.DoesNotContain("very-private", string.Join('\n', read.Notes), StringComparison.Ordinal);
    }
}
