using NetBootFabric.Node.Configuration;

namespace NetBootFabric.Node.Tests.Configuration;

/// <summary>The example of three head nodes that ships.</summary>
public sealed class ThreeHeadsTests
{
    private static readonly NodeOptions[] Heads = [.. Enumerable.Range(1, 3).Select(Read)];

    [Fact]
    public void Each_has_an_identity_of_its_own()
    {
        Assert.Equal(["head1", "head2", "head3"], Heads.Select(head => head.Node));
        Assert.Equal(["10.0.0.1:9120", "10.0.0.2:9120", "10.0.0.3:9120"], Heads.Select(head => head.Cluster!.Listen.ToString()));
        Assert.Equal(["10.77.0.11", "10.77.0.12", "10.77.0.13"], Heads.Select(head => Assert.Single(head.Cluster!.Service).ToString()));
    }

    [Fact]
    public void They_serve_the_same_clients_from_the_same_store()
    {
        var first = Heads[0];
        Assert.Equal(StoreKind.Postgres, first.Store.Kind);
        Assert.All(Heads, head =>
        {
            Assert.Equal(first.Store, head.Store);
            Assert.Equal(first.Interfaces.AsEnumerable(), head.Interfaces);
            Assert.Equal(Assert.Single(first.Room.Subnets).Ranges.AsEnumerable(), Assert.Single(head.Room.Subnets).Ranges);
            Assert.Equal(first.Room.FixedAddresses, head.Room.FixedAddresses);
            Assert.Equal(first.Room.DefaultProfile!.CommandLine, head.Room.DefaultProfile!.CommandLine);
        });
    }

    [Fact]
    public void No_service_address_is_a_clients()
    {
        var service = Heads.SelectMany(head => head.Cluster!.Service).ToHashSet();
        Assert.Empty(Heads[0].Room.FixedAddresses.Keys.Where(service.Contains));
    }

    private static NodeOptions Read(int number)
    {
        var name = $"head{number}.yaml";
        var configuration = ConfigurationReader.Read(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, name)), name);
        Assert.Empty(configuration.Mistakes);
        Assert.Empty(configuration.Warnings);
        return configuration.Options!;
    }
}
