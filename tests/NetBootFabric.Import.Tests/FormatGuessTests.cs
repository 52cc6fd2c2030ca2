namespace NetBootFabric.Import.Tests;

public sealed class FormatGuessTests
{
    [Theory]
    [InlineData("dnsmasq.conf", ImportFormat.Dnsmasq)]
    [InlineData("dhcpd.conf", ImportFormat.Dhcpd)]
    [InlineData("kea.conf", ImportFormat.Kea)]
    [InlineData("nodes-4.6.conf", ImportFormat.Warewulf)]
    [InlineData("nodes-4.4.conf", ImportFormat.Warewulf)]
    [InlineData("nodes.csv", ImportFormat.Csv)]
    public void The_text_tells(string sample, ImportFormat format) => Assert.Equal(format, FormatGuess.Of("x", Sample.Bytes(sample)));

    [Fact]
    public void The_name_tells_where_the_text_does_not() => Assert.Equal(ImportFormat.Ethers, FormatGuess.Of("/etc/ethers", Sample.Bytes("ethers")));

    [Theory]
    [InlineData("")]
    [InlineData("52:54:00:77:00:01 n001\n")]
    [InlineData("dhcp-host=52:54:00:77:00:01\nhost a { hardware ethernet 52:54:00:77:00:02; }\n")]
    public void In_doubt_there_is_no_guess(string text) => Assert.Null(FormatGuess.Of("hosts.txt", System.Text.Encoding.UTF8.GetBytes(text)));
}
