namespace NetBootFabric.Import.Tests;

public sealed class KeaTests
{
    private static readonly Imported Whole = Sample.Read(ImportFormat.Kea, "kea.conf");

    [Fact]
    public void Reservations_become_nodes_of_the_server_its_subnets_and_shared_networks()
    {
        Assert.Equal(0, Whole.Broken);
        Assert.Equal(
        [
            "52:54:00:77:00:01 n001 - -",
            "52:54:00:77:00:02 n002.cluster.example - gpu",
            "52:54:00:77:00:03 n003 10.77.0.13 -",
            "52:54:00:77:00:04 - 10.77.0.14 gpu",
            "52:54:00:78:00:01 m001 10.78.0.11 -",
        ], Sample.Lines(Whole));
    }

    [Theory]
    [InlineData("client-id", 42)]
    [InlineData("duid", 43)]
    [InlineData("circuit-id", 44)]
    [InlineData("flex-id", 45)]
    [InlineData("boot-file-name: /dev/null", 38)]
    [InlineData("option host-name", 39)]
    [InlineData("client class rack1", 13)]
    [InlineData("pools", 29)]
    [InlineData("relay", 52)]
    [InlineData("next-server: 10.77.0.2", 36)]
    public void What_has_no_place_here_is_said_with_its_line(string what, int line) => Assert.Equal(line, Sample.Note(Whole, what).Line);

    [Theory]
    [InlineData("{ \"Dhcp4\": { <?include \"/etc/kea/global.json\"?> \n, \"reservations\": [ { \"hw-address\": \"52:54:00:77:00:01\" } ] } }")]
    [InlineData("{ \"Dhcp4\": { \"option-data\": <?include \"/etc/kea/opt.json\"?>, \"reservations\": [ { \"hw-address\": \"52:54:00:77:00:01\" } ] } }")]
    [InlineData("{ \"Dhcp4\": { \"reservations\": [ <?include \"/etc/kea/more.json\"?>, { \"hw-address\": \"52:54:00:77:00:01\" } ] } }")]
    [InlineData("{ \"Dhcp4\": { \"reservations\": [ { \"hw-address\": \"52:54:00:77:00:01\", }, ], # comma\n <?include \"/etc/kea/rest.json\"?> } }")]
    public void An_include_is_said_and_the_rest_is_read(string text)
    {
        var read = Sample.Text(ImportFormat.Kea, text);

        Assert.Equal("52:54:00:77:00:01 - - -", Assert.Single(Sample.Lines(read)));
        Assert.Equal(0, read.Broken);
        Assert.Contains("import that too", Sample.Note(read, "include").Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bare_list_of_reservations_is_read() =>
        Assert.Equal("52:54:00:77:00:01 n001 - -", Assert.Single(Sample.Lines(Sample.Text(ImportFormat.Kea, "[ { \"hw-address\": \"52540077-0001\".replace } ]".Replace("52540077-0001\".replace", "525400770001\", \"hostname\": \"n001\"", StringComparison.Ordinal)))));

    [Theory]
    [InlineData("{ \"hw-address\": \"52:54:00:77:00\" }", "MAC address")]
    [InlineData("{ \"hw-address\": \"52:54:00:77:00:01\", \"ip-address\": \"10.77.0\" }", "IPv4")]
    [InlineData("{ \"hostname\": \"n001\" }", "for whom")]
    [InlineData("\"n001\"", "no map")]
    [InlineData("{ \"hw-address\": \"52:54:00:77:00:01\" ", "JSON")]
    public void What_makes_no_sense_is_broken(string reservation, string why)
    {
        var read = Sample.Text(ImportFormat.Kea, $"{{ \"Dhcp4\": {{ \"reservations\": [\n{reservation} ] }} }}");

        Assert.Equal(1, read.Broken);
        Assert.Empty(read.Document.Nodes);
        Assert.Contains(why, Assert.Single(read.Notes, note => note.Broken).Why, StringComparison.Ordinal);
    }
}
