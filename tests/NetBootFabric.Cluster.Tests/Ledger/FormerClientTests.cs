using System.Text;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Cluster.Ledger;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Tests.Ledger;

/// <summary>Streams of releases before the ledgers, whose documents leave out what was added since.</summary>
public sealed class FormerClientTests
{
    private static readonly FormerStream Stream = new(1, MacAddress.Parse("52:54:00:77:00:01"));

    private static FormerItem Snapshot(string json) => new("client-state:1", Encoding.UTF8.GetBytes(json));

    private static FormerClient Read(params FormerItem[] items) => FormerClient.Of(new FormerItems(Stream, items), new FabricSerializer(null!));

    [Fact]
    public void What_a_document_leaves_out_or_says_to_be_null_is_as_if_it_had_never_been_set()
    {
        var read = Read(Snapshot("""{"Mac":"52:54:00:77:00:01","Current":{"Number":3,"Phase":"Booted","Loader":null,"Remark":null}}"""));
        Assert.False(read.IsDamaged);
        Assert.Equal(3, read.State.Current!.Number);
        Assert.Equal(("", "", ""), (read.State.Current.Loader, read.State.Current.Remark, read.State.Attributes.Uuid));
        Assert.True(read.State.History.IsEmpty && read.State.Current.Downloads.IsEmpty && read.State.Attributes.ClientIdentifiers.IsEmpty);
    }

    [Theory]
    [InlineData("""{"Mac":""")]
    [InlineData("""{"Mac":"52:54:00:77:00:01","Current":{"Number":3,"Phase":"Dreaming"}}""")]
    [InlineData("null")]
    public void A_snapshot_that_can_not_be_is_damage_and_the_events_after_it_are_read(string json)
    {
        var boot = new BootRecord { Number = 4, Phase = BootPhase.Booted };
        var read = Read(Snapshot(json), new("boot-advanced:2", BootAdvancedFormat.Write(new BootAdvanced(boot, new ClientAttributes(), OnceServed: true))));
        Assert.True(read.IsDamaged);
        Assert.Equal((4, true), (read.State.Current!.Number, read.State.OnceServed));
    }

    [Fact]
    public void A_manifest_of_a_newer_release_is_damage() => Assert.True(Read(new FormerItem("boot-advanced:9", [])).IsDamaged);
}
