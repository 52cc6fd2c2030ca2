using NetBootFabric.Tftp.Transfers;

namespace NetBootFabric.Tftp.Tests.Transfers;

/// <summary>Transfers in the states that tests begin with.</summary>
internal static class Drive
{
    public static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(4);

    public static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    public static Transfer LockStep(long length) => new(new TransferState("f", new TransferTerms(), length));

    public static Transfer Windows(int size, long length, int blockSize = 512) =>
        new(new TransferState("f", new TransferTerms { BlockSize = blockSize, WindowSize = size, Agreed = AgreedOptions.WindowSize | AgreedOptions.BlockSize }, length));

    /// <summary>After the OACK was acknowledged at <see cref="RoundTrip"/>: the first window is under way.</summary>
    public static Transfer RunningWindows(int size, long length, int blockSize = 512)
    {
        var transfer = Windows(size, length, blockSize);
        transfer.Start(TimeSpan.Zero);
        transfer.Acknowledge(0, RoundTrip);
        return transfer;
    }

    public static TransferStep Blocks(long first, int count) => new(TransferAct.SendBlocks, first, count);
}
