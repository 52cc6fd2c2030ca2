using System.Text;
using NetBootFabric.Tftp.Transfers;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Tftp.Tests.Transfers;

public sealed class NegotiationTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("blksize=1468", "blksize=1468")]
    [InlineData("BLKSIZE=1468", "blksize=1468")]
    [InlineData("blksize=8", "blksize=8")]
    [InlineData("blksize=7", "")]
    [InlineData("blksize=65464", "blksize=65464")]
    [InlineData("blksize=65465", "")]
    [InlineData("blksize=big", "")]
    [InlineData("tsize=0", "tsize=9999")]
    [InlineData("timeout=3", "timeout=3")]
    [InlineData("timeout=0", "")]
    [InlineData("timeout=256", "")]
    [InlineData("windowsize=4", "windowsize=4")]
    [InlineData("windowsize=0", "")]
    [InlineData("windowsize=65535", "windowsize=16")]
    [InlineData("multicast=,rollover=0", "")]
    [InlineData("tsize=0,blksize=1468,windowsize=4", "blksize=1468,tsize=9999,windowsize=4")] // OVMF
    [InlineData("timeout=5,tsize=0,blksize=512,windowsize=1", "blksize=512,timeout=5,tsize=9999,windowsize=1")]
    public void Only_what_was_asked_for_and_can_be_served_is_answered(string asked, string answered)
    {
        Assert.True(TftpPacket.TryParse(Request(asked), out var request, out _));
        var terms = Negotiation.Agree(request.Options, windowLimit: 16);
        Assert.Equal(answered.Length > 0, terms.Agreed != AgreedOptions.None);

        var buffer = new byte[76];
        var length = Negotiation.WriteOptionAck(buffer, terms, 9999);
        Assert.True(TftpPacket.TryParse(buffer.AsSpan(0, length), out var answer, out _));
        var options = new List<string>();
        foreach (var option in answer.Options) options.Add($"{Encoding.ASCII.GetString(option.Name)}={Encoding.ASCII.GetString(option.Value)}");
        Assert.Equal(answered, string.Join(',', options));
    }

    [Fact]
    public void The_longest_OACK_fits_where_it_is_written()
    {
        var terms = new TransferTerms
        {
            BlockSize = 65464,
            WindowSize = 65535,
            Timeout = TimeSpan.FromSeconds(255),
            Agreed = AgreedOptions.BlockSize | AgreedOptions.WindowSize | AgreedOptions.Timeout | AgreedOptions.TransferSize,
        };
        Assert.InRange(Negotiation.WriteOptionAck(new byte[76], terms, long.MaxValue), 1, 76);
    }

    private static byte[] Request(string options)
    {
        var text = new StringBuilder("\0\u0001f\0octet\0");
        foreach (var option in options.Split(',', StringSplitOptions.RemoveEmptyEntries)) text.Append(option.Replace('=', '\0')).Append('\0');
        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
