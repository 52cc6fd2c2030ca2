using System.Text;
using NetBootFabric.AdminApi.Catalog;

namespace NetBootFabric.Import.Tests.Field;

/// <summary>Cobbler's systems, as its collections keep them.</summary>
public sealed class CobblerFieldTests
{
    private const string One = """
        {"name":"n61","profile":"el9","interfaces":{
          "ib0":{"mac_address":"80:00:02:08:fe:80:00:00:00:00:00:00:52:54:00:00:00:00:00:61","interface_type":"infiniband"},
          "eth1":{"mac_address":"52:54:00:00:01:61","ip_address":"10.78.0.61"},
          "eth0":{"mac_address":"52:54:00:00:00:61","ip_address":"10.77.0.61","management":true}}}
        """;

    [Fact]
    public void The_management_card_is_the_node_and_the_others_are_told()
    {
        var read = Sample.Text(ImportFormat.Cobbler, One);

        Assert.Equal(0, read.Broken);
        Assert.Equal(["52:54:00:00:00:61 n61 10.77.0.61 el9"], Sample.Lines(read));
        Assert.Equal(2, read.Notes.Count);
        Assert.StartsWith("n61, ib0: 80:00:02:08", read.Notes[0].What, StringComparison.Ordinal);
        Assert.Equal("n61, eth1: 52:54:00:00:01:61", read.Notes[1].What);
        Assert.Contains("InfiniBand", read.Notes[0].Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[{0},{1}]")]
    [InlineData("{0}\n{1}\n")]
    [InlineData("{{ \"systems\": [ {0}, {1} ] }}")]
    [InlineData("{{ \"n62\": {1}, \"n61\": {0} }}")]
    public void Lists_maps_and_files_one_after_the_other_are_read(string form)
    {
        const string other = """{"name":"n62","hostname":"n62.cluster","interfaces":{"default":{"mac_address":"525400000062","ip_address":""}}}""";
        var text = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, One, other);
        Assert.Equal(["52:54:00:00:00:61 n61 10.77.0.61 el9", "52:54:00:00:00:62 n62.cluster - -"],
            Sample.Lines(Sample.Text(ImportFormat.Cobbler, text)).Order(StringComparer.Ordinal));
        Assert.Equal(ImportFormat.Cobbler, FormatGuess.Of("x", Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Its_Yaml_is_read_with_bonds_options_and_power()
    {
        const string text = """
            name: n63
            hostname: ''
            profile: <<inherit>>
            netboot_enabled: false
            kernel_options: {quiet: null, console: [tty0, 'ttyS0,115200']}
            ks_meta: {rack: r7}
            gateway: 10.77.0.1
            power_type: ipmilan
            power_address: 10.79.0.63
            power_user: admin
            power_pass: hunter2
            interfaces:
              bond0: {interface_type: bond, mac_address: '', ip_address: 10.77.0.63}
              eno1: {interface_type: bond_slave, interface_master: bond0, mac_address: '52:54:00:00:00:63', ip_address: ''}
              eno2: {interface_type: bond_slave, interface_master: bond0, mac_address: '52:54:00:00:01:63', ip_address: ''}
            """;
        var read = Sample.Text(ImportFormat.Cobbler, text);

        Assert.Equal(["52:54:00:00:00:63 n63 10.77.0.63 - kernel_args=quiet console=tty0 console=ttyS0,115200 rack=r7"],
            Sample.Lines(read));
        var node = Assert.Single(read.Document.Nodes);
        Assert.Equal((new BmcSpec("10.79.0.63", "ipmi", "ipmi"), "local"), (node.Bmc, node.Intent));
        Assert.Contains("subnets", Sample.Note(read, "gateway").Why, StringComparison.Ordinal);
        Assert.Contains("eno2", Sample.Note(read, "eno2").What, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2",
            string.Join('\n', read.Notes) + System.Text.Json.JsonSerializer.Serialize(read.Document, CatalogJson.Default.CatalogDocument),
            StringComparison.Ordinal);
        Assert.Equal(ImportFormat.Cobbler, FormatGuess.Of("x", Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData("{\"name\":\"n64\",\"interfaces\":{\"eth0\":{\"mac_address\":\"\"}}}", "n64", false)]
    [InlineData("{\"name\":\"n64\",\"interfaces\":[]}", "n64", true)]
    [InlineData("{\"name\":\"n64\",\"interfaces\":{\"eth0\":{\"mac_address\":\"random\"}}}", "random", true)]
    [InlineData("{\"profile\":{}}", "profile", false)]
    [InlineData("{\"name\":\"n64\"", "n64", true)]
    public void A_system_that_can_t_be_carried_is_told_by_name(string text, string what, bool broken)
    {
        var read = Sample.Text(ImportFormat.Cobbler, text);

        Assert.Empty(read.Document.Nodes);
        Assert.Equal(broken, Sample.Note(read, what).Broken);
    }
}
