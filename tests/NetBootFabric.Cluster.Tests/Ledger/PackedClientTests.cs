using System.Reflection;
using System.Runtime.Serialization;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Cluster.Ledger;

namespace NetBootFabric.Cluster.Tests.Ledger;

public sealed class PackedClientTests
{
    private const int Seeds = 500;

    [Fact]
    public void Every_field_of_a_client_comes_back()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var client = new AnyClient(seed).Next();
            Assert.Equal(Told(client), Told(PackedClient.Read(client.Mac, PackedClient.Write(client))));
        }
    }

    [Fact]
    public void The_latest_boot_comes_back_without_the_earlier_ones()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var client = new AnyClient(seed).Next();
            Assert.Equal(Told(client with { History = [] }), Told(PackedClient.ReadLatest(client.Mac, PackedClient.Write(client))));
        }
    }

    [Fact]
    public void A_client_never_heard_of_comes_back()
    {
        var client = new ClientState { Mac = new(7), OnceServed = true, OnceOrder = 3 };
        Assert.Equal(Told(client), Told(PackedClient.Read(client.Mac, PackedClient.Write(client))));
    }

    [Fact]
    public void Octets_that_are_cut_short_are_refused()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var client = new AnyClient(seed).Next();
            var octets = PackedClient.Write(client).ToArray();
            for (var length = 0; length < octets.Length; length++)
                Assert.Throws<SerializationException>(() => PackedClient.Read(client.Mac, octets.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Damaged_octets_are_read_or_refused_and_nothing_else()
    {
        var random = new Random(1);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var client = new AnyClient(seed).Next();
            var octets = PackedClient.Write(client).ToArray();
            for (var hit = 0; hit < 20; hit++) octets[random.Next(octets.Length)] = (byte)random.Next(256);
            if (Record.Exception(() => PackedClient.Read(client.Mac, octets)) is { } refusal) Assert.IsType<SerializationException>(refusal);
        }
    }

    [Fact]
    public void A_record_of_a_newer_release_is_named_as_that()
    {
        var refusal = Assert.Throws<SerializationException>(() => PackedClient.Read(new(7), [2, 0, 0]));
        Assert.Contains("version 2", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>All properties, those of nested records and arrays too: a field that the format forgets shows here without a word about it.</summary>
    private static string Told(object? value) => value switch
    {
        null => "null",
        string text => text,
        System.Collections.IEnumerable many => "[" + string.Join(',', many.Cast<object?>().Select(Told)) + "]",
        DateTimeOffset time => time.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ when value.GetType().Namespace?.StartsWith("NetBootFabric.Boot", StringComparison.Ordinal) == true && !value.GetType().IsEnum =>
            "{" + string.Join(';', value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0)
                .Select(property => $"{property.Name}={Told(property.GetValue(value))}")) + "}",
        _ => value.ToString()!,
    };
}
