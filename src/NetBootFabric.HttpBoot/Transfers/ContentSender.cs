using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.HttpBoot.Requests;

namespace NetBootFabric.HttpBoot.Transfers;

/// <summary>Reads content straight into the connection's own buffers, at most <see cref="ChunkSize"/> octets ahead of the network.</summary>
internal sealed class ContentSender(TimeSpan grace)
{
    /// <summary>In octets. Kestrel takes buffers of this size from a pool and hands them to the socket without a copy.</summary>
    public const int ChunkSize = 64 * 1024;

    public async Task SendAsync(Exchange exchange, BootContent content, ByteRange range, Transfer transfer)
    {
        var writer = exchange.Body.Writer;
        transfer.Started();
        while (transfer.Bytes < range.Length)
        {
            var wanted = (int)Math.Min(ChunkSize, range.Length - transfer.Bytes);
            var read = TryRead(content, range.Start + transfer.Bytes, writer.GetSpan(wanted)[..wanted]);
            if (read == 0)
            {
                Cut(exchange, transfer);
                return;
            }
            writer.Advance(read);
            var flushed = await writer.FlushAsync().ConfigureAwait(false);
            if (flushed.IsCompleted || flushed.IsCanceled || exchange.Lifetime.RequestAborted.IsCancellationRequested)
            {
                Gone(transfer);
                return;
            }
            transfer.Moved(read);
        }
        transfer.Done();
    }

    private static int TryRead(BootContent content, long offset, Span<byte> destination)
    {
        try
        {
            return content.Read(offset, destination);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    // The length was promised: closing the connection is the only way left to say that the rest does not come.
    private static void Cut(Exchange exchange, Transfer transfer)
    {
        transfer.Failed(TransferFailure.ReadError, "the file got shorter, or could not be read");
        HttpBootMetrics.Cut("read");
        exchange.Lifetime.Abort();
    }

    private void Gone(Transfer transfer)
    {
        var slow = transfer.Stalled >= grace;
        transfer.Failed(slow ? TransferFailure.TimedOut : TransferFailure.ClientError, slow ? "read too slowly" : "closed the connection");
        HttpBootMetrics.Cut(slow ? "slow" : "client");
    }
}
