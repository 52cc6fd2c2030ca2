using NetBootFabric.Benchmarks.Shared;

namespace NetBootFabric.Benchmarks.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--server")]
    [InlineData("server", "10.0.0.1")]
    [InlineData("--server", "10.0.0.1", "--relay", "nowhere")]
    [InlineData("--server", "10.0.0.1", "--relay", "10.0.0.2", "--clients", "many")]
    [InlineData("--server", "10.0.0.1")]
    public void A_wrong_command_line_makes_no_options(params string[] args) => Assert.Null(DhcpLoad.LoadOptions.Parse(args));

    [Fact]
    public void A_port_behind_the_address_is_the_servers()
    {
        var options = TftpLoad.LoadOptions.Parse(["--server", "10.0.0.1:1069", "--file", "f"]);
        Assert.Equal((0x0A00_0001u, (ushort)1069), (options!.Server.Address, options.Server.Port));
    }

    [Fact]
    public void Several_TFTP_clients_need_addresses_of_their_own() =>
        Assert.Null(TftpLoad.LoadOptions.Parse(["--server", "10.0.0.1", "--file", "f", "--clients", "2"]));

    [Theory]
    [InlineData(50, 2.0)]
    [InlineData(99, 4.0)]
    [InlineData(0, 1.0)]
    public void A_percentile_is_the_value_of_the_nearest_rank(double percent, double expected) => Assert.Equal(expected, Percentiles.Of([4, 1, 3, 2], percent));

    [Fact]
    public void Nothing_has_no_percentiles() => Assert.Null(Percentiles.Of([], 50));
}
