using NetBootFabric.Storm.Clients;

namespace NetBootFabric.Storm.Tests.Clients;

public sealed class KindMixTests
{
    [Fact]
    public void A_mix_is_dealt_out_by_its_weights()
    {
        var mix = KindMix.TryParse("ipxe-http=3,uefi-http=1", out _)!;
        var kinds = Enumerable.Range(0, 400).Select(client => mix[client]).ToArray();
        Assert.Equal(300, kinds.Count(kind => kind == ClientKind.IpxeHttp));
        Assert.Equal(100, kinds.Count(kind => kind == ClientKind.UefiHttp));
    }

    [Theory]
    [InlineData("ipxe", "there is no kind 'ipxe'")]
    [InlineData("ipxe-http=0", "a number from 1")]
    [InlineData("", "there is no kind ''")]
    public void A_wrong_mix_says_what_is_wrong(string text, string message)
    {
        Assert.Null(KindMix.TryParse(text, out var error));
        Assert.Contains(message, error, StringComparison.Ordinal);
    }
}
