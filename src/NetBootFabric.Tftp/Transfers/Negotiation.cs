using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Tftp.Transfers;

/// <summary>Options asked for → terms, and terms → OACK (RFC 2347). What was not asked for is never answered; what can't be served is left out.</summary>
public static class Negotiation
{
    /// <param name="windowLimit">Most blocks a window may have; RFC 7440 §3 lets the server answer less than was asked.</param>
    /// <param name="blockLimit">Most octets a block may have; RFC 2348 lets the server answer less than was asked.</param>
    public static TransferTerms Agree(TftpOptionList asked, int windowLimit, int blockLimit = TransferTerms.MaxBlockSize)
    {
        var terms = new TransferTerms();
        if (asked.TryGetBlockSize(out var blockSize))
            terms = terms with { BlockSize = Math.Min(blockSize, blockLimit), Agreed = terms.Agreed | AgreedOptions.BlockSize };
        if (asked.TryGetWindowSize(out var windowSize))
            terms = terms with { WindowSize = Math.Min(windowSize, windowLimit), Agreed = terms.Agreed | AgreedOptions.WindowSize };
        if (asked.TryGetTimeout(out var seconds))
            terms = terms with { Timeout = TimeSpan.FromSeconds(seconds), Agreed = terms.Agreed | AgreedOptions.Timeout };
        if (asked.TryGetTransferSize(out _))
            terms = terms with { Agreed = terms.Agreed | AgreedOptions.TransferSize };
        return terms;
    }

    /// <summary>Writes the OACK; 0 when the buffer is too short for it (76 octets hold any).</summary>
    public static int WriteOptionAck(Span<byte> buffer, TransferTerms terms, long length)
    {
        // 76 = 2 opcode + 14 blksize + 12 timeout + 27 tsize + 17 windowsize, rounded up
        var writer = TftpWriter.OptionAck(buffer);
        if (terms.Agreed.HasFlag(AgreedOptions.BlockSize)) writer.AddOption(TftpOption.BlockSize, (ulong)terms.BlockSize);
        if (terms.Agreed.HasFlag(AgreedOptions.Timeout)) writer.AddOption(TftpOption.Timeout, (ulong)terms.Timeout!.Value.TotalSeconds);
        if (terms.Agreed.HasFlag(AgreedOptions.TransferSize)) writer.AddOption(TftpOption.TransferSize, (ulong)length);
        if (terms.Agreed.HasFlag(AgreedOptions.WindowSize)) writer.AddOption(TftpOption.WindowSize, (ulong)terms.WindowSize);
        return writer.TryFinish(out var written) ? written : 0;
    }
}
