using NetBootFabric.Node.Configuration;

namespace NetBootFabric.Node.Tests.Field;

/// <summary>Tunnels that carry less than their ends know: the operator says so.</summary>
public sealed class BlockSizeTests
{
    private const string Room = "interfaces: [eth1]\nsubnets: [{ network: 10.77.0.0/16, range: 10.77.1.0-10.77.1.99 }]\nprofiles: { default: { kernel: vmlinuz } }\n";

    [Fact]
    public void A_smaller_block_is_a_line_of_the_configuration()
    {
        Assert.Equal(1300, Read("tftp: { block_size: 1300 }\n").Options!.Tftp.BlockSize);
        Assert.Null(Read("").Options!.Tftp.BlockSize);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("65465")]
    [InlineData("big")]
    public void What_no_client_may_ask_for_is_refused(string size) =>
        Assert.Contains("from 8 to 65464", Assert.Single(Read($"tftp: {{ block_size: {size} }}\n").Mistakes)
            .Text, StringComparison.Ordinal);

    private static ConfigurationResult Read(string line) => ConfigurationReader.Read(Room + line, "f");
}
