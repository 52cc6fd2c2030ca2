using NetBootFabric.Node.Configuration;

namespace NetBootFabric.Node.Tests.Configuration;

public sealed class AdminListenTests
{
    private static ConfigurationResult Read(string admin) => ConfigurationReader.Read($$"""
        interfaces: [eth1]
        admin: {{admin}}
        subnets:
          - network: 10.77.0.0/16
            range: 10.77.1.0-10.77.250.254
        profiles:
          default: { kernel: vmlinuz }
        """, "f");

    [Theory]
    [InlineData("{ listen: 0.0.0.0:9110 }", "0.0.0.0 is also the clients' side")]
    [InlineData("{ listen: \"[::]:9110\" }", ":: is also the clients' side")]
    [InlineData("{ listen: 10.77.0.1:9110 }", "10.77.0.1 is in the clients' network 10.77.0.0/16")]
    [InlineData("{ listen: [127.0.0.1:9110, 10.77.0.1:9110] }", "10.77.0.1 is in the clients' network 10.77.0.0/16")]
    [InlineData("{ listen: \"[2001:db8::1]:9110\" }", "is an IPv6 address")]
    [InlineData("{ listen: [127.0.0.1:9110, 127.0.0.1:9110] }", "is here twice")]
    [InlineData("{ listen: [] }", "names none")]
    [InlineData("{ certificate: a.pem }", "'certificate' has no 'key'")]
    [InlineData("{ key: a.pem }", "'key' has no 'certificate'")]
    public void Where_clients_are_the_admin_API_does_not_listen(string admin, string problem) =>
        Assert.Contains(problem, Assert.Single(Read(admin).Mistakes).Text, StringComparison.Ordinal);

    [Fact]
    public void A_management_network_is_listened_to_beside_the_loopback()
    {
        var result = Read("{ listen: [127.0.0.1:9110, 10.0.0.1:9110], certificate: a.pem, key: a.key, token_folder: /run/x }");
        Assert.Empty(result.Warnings);
        Assert.Equal(["127.0.0.1:9110", "10.0.0.1:9110"], result.Options!.Admin.Listen.Select(endpoint => endpoint.ToString()));
        Assert.Equal("/run/x", result.Options.Admin.TokenFolder);
    }

    [Fact]
    public void Without_the_loopback_there_is_a_warning() =>
        Assert.Contains("finds no token", Assert.Single(Read("{ listen: 10.0.0.1:9110 }").Warnings).Text, StringComparison.Ordinal);
}
