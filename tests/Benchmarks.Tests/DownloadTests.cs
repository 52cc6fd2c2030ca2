using NetBootFabric.Benchmarks.TftpLoad;
using NetBootFabric.Sockets;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Benchmarks.Tests;

public sealed class DownloadTests
{
    private const int BlockSize = 8;
    private static readonly TimeSpan Now = TimeSpan.FromSeconds(3);

    private readonly byte[] _answer = new byte[TftpPacket.LongestRequest];

    [Fact]
    public void In_lock_step_each_block_is_acknowledged_and_the_short_one_ends_it()
    {
        var download = Begun(fileLength: 12, window: 1);
        Assert.Equal(1, Acknowledged(download, 1, BlockSize));
        Assert.False(download.IsOver);
        Assert.Equal(2, Acknowledged(download, 2, 4));
        Assert.True(download.IsOver);
        Assert.Null(download.Failure);
        Assert.Equal(12, download.Octets);
    }

    [Fact]
    public void A_window_is_acknowledged_once()
    {
        var download = Begun(fileLength: 100, window: 3);
        Assert.Null(Acknowledged(download, 1, BlockSize));
        Assert.Null(Acknowledged(download, 2, BlockSize));
        Assert.Equal(3, Acknowledged(download, 3, BlockSize));
    }

    [Fact]
    public void A_gap_in_a_window_is_told_once_with_the_last_block_in_order()
    {
        var download = Begun(fileLength: 100, window: 4);
        Assert.Null(Acknowledged(download, 1, BlockSize));
        Assert.Equal(1, Acknowledged(download, 3, BlockSize));
        Assert.Null(Acknowledged(download, 4, BlockSize));
        Assert.Equal(1, download.AcksRepeated);
        Assert.Equal(BlockSize, download.Octets);
    }

    [Fact]
    public void In_lock_step_a_block_that_comes_twice_is_answered_once()
    {
        var download = Begun(fileLength: 100, window: 1);
        Assert.Equal(1, Acknowledged(download, 1, BlockSize));
        Assert.Null(Acknowledged(download, 1, BlockSize));
    }

    [Fact]
    public void Block_numbers_roll_over()
    {
        const int blocks = 65537;
        var download = Begun(fileLength: blocks * BlockSize + 1, window: 1);
        for (var block = 1; block <= blocks; block++) Assert.Equal(block % 65536, Acknowledged(download, (ushort)block, BlockSize));
        Acknowledged(download, 2, 1);
        Assert.True(download.IsOver);
        Assert.Null(download.Failure);
    }

    [Theory]
    [InlineData(20, 3, "too short")]
    [InlineData(4, 5, "wrong octets")]
    public void A_file_of_another_length_fails(int fileLength, int arrived, string failure)
    {
        var download = Begun(fileLength, window: 1);
        Acknowledged(download, 1, arrived);
        Assert.Equal(failure, download.Failure);
    }

    [Fact]
    public void Other_octets_fail()
    {
        var download = Begun(fileLength: 8, window: 1);
        Take(download, Data(1, [9, 9, 9]));
        Assert.Equal("wrong octets", download.Failure);
    }

    [Fact]
    public void An_error_fails_with_its_message()
    {
        var download = Begun(fileLength: 8, window: 1);
        TftpWriter.TryWriteError(_answer, TftpErrorCode.FileNotFound, "not here"u8, out var length);
        Take(download, _answer[..length]);
        Assert.Equal("not here", download.Failure);
    }

    [Fact]
    public void Silence_is_asked_again_until_the_retries_are_used_up()
    {
        var download = new Download(Options(window: 1), null);
        download.Ask(_answer, Now);
        Assert.Equal(Now + TimeSpan.FromSeconds(1), download.Deadline);
        for (var i = 1; i <= 5; i++) Assert.NotEqual(0, download.Expire(_answer, Now));
        Assert.Equal(0, download.Expire(_answer, Now));
        Assert.Equal("no answer", download.Failure);
        Assert.Equal(5, download.RequestsRepeated);
    }

    [Fact]
    public void Silence_behind_a_block_repeats_its_ACK()
    {
        var download = Begun(fileLength: 100, window: 1);
        Acknowledged(download, 1, BlockSize);
        var length = download.Expire(_answer, Now);
        Assert.True(TftpPacket.TryParse(_answer.AsSpan(0, length), out var packet, out _));
        Assert.Equal((TftpOpcode.Ack, (ushort)1), (packet.Opcode, packet.Block));
    }

    /// <summary>A client whose options were acknowledged; the file counts up from 0 and around.</summary>
    private Download Begun(int fileLength, int window)
    {
        var download = new Download(Options(window), [.. Enumerable.Range(0, fileLength).Select(i => (byte)i)]);
        download.Ask(_answer, Now);
        var writer = TftpWriter.OptionAck(_answer);
        writer.AddOption(TftpOption.BlockSize, BlockSize);
        if (window > 1) writer.AddOption(TftpOption.WindowSize, (ulong)window);
        Assert.True(writer.TryFinish(out var length));
        Assert.Equal(0, Take(download, _answer[..length]));
        return download;
    }

    private static LoadOptions Options(int window) => new() { Server = new UdpEndpoint(1, 69), File = "f", BlockSize = BlockSize, WindowSize = window };

    /// <summary>The block that is acknowledged when this one comes with the right octets; null for no answer.</summary>
    private int? Acknowledged(Download download, ushort block, int length) =>
        Take(download, Data(block, [.. Enumerable.Range((int)download.Octets, length).Select(i => (byte)i)]));

    private int? Take(Download download, byte[] octets)
    {
        Assert.True(TftpPacket.TryParse(octets, out var packet, out _));
        var length = download.Take(packet, _answer, Now);
        if (length == 0) return null;
        Assert.True(TftpPacket.TryParse(_answer.AsSpan(0, length), out var ack, out _));
        Assert.Equal(TftpOpcode.Ack, ack.Opcode);
        return ack.Block;
    }

    private static byte[] Data(ushort block, byte[] data)
    {
        var octets = new byte[data.Length + TftpPacket.DataHeader];
        TftpWriter.TryWriteData(octets, block, data, out _);
        return octets;
    }
}
