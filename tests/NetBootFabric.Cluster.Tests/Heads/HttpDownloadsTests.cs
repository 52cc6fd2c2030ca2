using NetBootFabric.Boot.Transfers;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Tests.Heads;

public sealed class HttpDownloadsTests
{
    private static readonly HttpDownload One = new(Ipv4Address.Parse("10.77.0.11"), 80, Ipv4Address.Parse("10.77.1.2"), 40_123);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(500)]
    public void What_is_packed_comes_back(int count)
    {
        var downloads = Enumerable.Range(0, count).Select(i => One with { Client = new Ipv4Address(One.Client.Value + (uint)i), ClientPort = (ushort)i }).ToList();
        Assert.Equal(downloads, HttpDownloads.Unpack(HttpDownloads.Pack(downloads)));
    }

    [Fact]
    public void Its_form_between_head_nodes_does_not_change() => Assert.Equal("Ck0ACwBQCk0BApy7", HttpDownloads.Pack([One]));

    [Theory]
    [InlineData("!")]
    [InlineData("AAAA")]
    [InlineData("Ck0ACwBQCk0BApy7AA==")]
    public void What_was_packed_by_nobody_is_nothing(string packed) => Assert.Empty(HttpDownloads.Unpack(packed));
}
