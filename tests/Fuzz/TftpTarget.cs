using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Fuzz;

internal static class TftpTarget
{
    /// <summary>What is taken keeps the promises that a server builds on.</summary>
    public static void Feed(byte[] input)
    {
        if (!TftpPacket.TryParse(input, out var packet, out var refusal))
        {
            Assert.NotEqual(TftpRefusal.None, refusal);
            return;
        }
        Assert.True(Enum.IsDefined(packet.Opcode));
        Assert.False(packet.FileName.ContainsAnyInRange((byte)0, (byte)31));
        Assert.True(packet.FileName.Length <= TftpPacket.LongestFileName);
        foreach (var option in packet.Options) Assert.False(option.Name.IsEmpty);
        if (packet.Options.TryGetBlockSize(out var block)) Assert.InRange(block, TftpOption.SmallestBlock, TftpOption.LargestBlock);
        if (packet.Options.TryGetTimeout(out var timeout)) Assert.InRange(timeout, 1, 255);
        if (packet.Options.TryGetWindowSize(out var window)) Assert.InRange(window, 1, 65535);
        packet.Options.TryGetTransferSize(out _);
    }
}
