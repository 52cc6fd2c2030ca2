using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Wire.Tests.Tftp;

public sealed class TftpPacketTests
{
    [Fact]
    public void A_read_request_keeps_its_name_mode_and_options()
    {
        var buffer = new byte[512];
        var writer = TftpWriter.ReadRequest(buffer, "pxelinux.cfg/default"u8);
        writer.AddOption(TftpOption.BlockSize, 1468);
        writer.AddOption(TftpOption.TransferSize, 0);
        writer.AddOption("WINDOWSIZE"u8, "16"u8);
        writer.AddOption(TftpOption.Timeout, 3);
        Assert.True(writer.TryFinish(out var length));

        Assert.True(TftpPacket.TryParse(buffer.AsSpan(0, length), out var packet, out _));
        Assert.Equal(TftpOpcode.ReadRequest, packet.Opcode);
        Assert.Equal(TftpMode.Octet, packet.Mode);
        Assert.Equal("pxelinux.cfg/default"u8, packet.FileName);
        Assert.True(packet.Options.TryGetBlockSize(out var block));
        Assert.Equal(1468, block);
        Assert.True(packet.Options.TryGetTransferSize(out var size));
        Assert.Equal(0ul, size);
        Assert.True(packet.Options.TryGetWindowSize(out var window));
        Assert.Equal(16, window);
        Assert.True(packet.Options.TryGetTimeout(out var timeout));
        Assert.Equal(3, timeout);
    }

    [Theory]
    [InlineData("\0\u0001a\0octet\0", TftpRefusal.None)]
    [InlineData("\0\u0001a\0OcTeT\0", TftpRefusal.None)]
    [InlineData("\0\u0001a\0octet\0\0\0\0", TftpRefusal.None)]
    [InlineData("\0\u0001a\0octet\0blksize\08\0", TftpRefusal.None)]
    [InlineData("\0\u0006", TftpRefusal.None)]
    [InlineData("\0\u0006tsize\09\0", TftpRefusal.None)]
    [InlineData("\0\u0004\0\u0001", TftpRefusal.None)]
    [InlineData("\0\u0005\0\u0008", TftpRefusal.None)]
    [InlineData("\0\u0005\0\u0008gone", TftpRefusal.None)]
    [InlineData("", TftpRefusal.TooShort)]
    [InlineData("\0", TftpRefusal.TooShort)]
    [InlineData("\0\u0003\0", TftpRefusal.TooShort)]
    [InlineData("\0\u0004\0", TftpRefusal.TooShort)]
    [InlineData("\0\u0000\0\0", TftpRefusal.UnknownOpcode)]
    [InlineData("\0\u0007\0\0", TftpRefusal.UnknownOpcode)]
    [InlineData("\u0001\u0001a\0octet\0", TftpRefusal.UnknownOpcode)]
    [InlineData("\0\u0001", TftpRefusal.Unterminated)]
    [InlineData("\0\u0001a", TftpRefusal.Unterminated)]
    [InlineData("\0\u0001a\0octet", TftpRefusal.Unterminated)]
    [InlineData("\0\u0001a\0octet\0blksize\08", TftpRefusal.Unterminated)]
    [InlineData("\0\u0001a\0octet\0blksize", TftpRefusal.Unterminated)]
    [InlineData("\0\u0001a\0octet\0blksize\0", TftpRefusal.BadOption)]
    [InlineData("\0\u0001a\0octet\0\08\0", TftpRefusal.BadOption)]
    [InlineData("\0\u0001a\0octet\0tsize\00\0TSIZE\00\0", TftpRefusal.RepeatedOption)]
    [InlineData("\0\u0001\0octet\0", TftpRefusal.EmptyFileName)]
    [InlineData("\0\u0001a\nb\0octet\0", TftpRefusal.BadFileName)]
    [InlineData("\0\u0001a\u007f\0octet\0", TftpRefusal.BadFileName)]
    [InlineData("\0\u0001a\0octets\0", TftpRefusal.UnknownMode)]
    [InlineData("\0\u0001a\0\0", TftpRefusal.UnknownMode)]
    public void A_packet_is_refused_for_the_reason_that_fits(string packet, TftpRefusal expected)
    {
        var parsed = TftpPacket.TryParse(System.Text.Encoding.Latin1.GetBytes(packet), out _, out var refusal);
        Assert.Equal(expected, refusal);
        Assert.Equal(expected == TftpRefusal.None, parsed);
    }
}
