using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Wire.Tests.Field;

/// <summary>Dell's firmware and shim 15.8 ask for <c>grub/</c>, the octet EA, and <c>Onboard</c>.</summary>
public sealed class OddNameTests
{
    [Theory]
    [InlineData("67727562 2fea4f6e 626f6172 64")]
    [InlineData("67727562 2fefbfbd 4f6e626f 617264")]
    [InlineData("ff")]
    public void A_name_that_is_no_text_is_a_name(string octets)
    {
        var name = Convert.FromHexString(octets.Replace(" ", "", StringComparison.Ordinal));
        Assert.True(TftpPacket.TryParse([0, 1, .. name, 0, .. "octet"u8, 0], out var packet, out _));
        Assert.Equal(name, packet.FileName.ToArray());
    }

    [Fact]
    public void Zeros_behind_a_request_are_passed_over()
    {
        Assert.True(TftpPacket.TryParse([0, 1, .. "a"u8, 0, .. "octet"u8, 0, .. "blksize"u8, 0, .. "1468"u8, 0, 0, 0, 0], out var packet,
            out _));
        Assert.True(packet.Options.TryGetBlockSize(out var size));
        Assert.Equal(1468, size);
    }
}
