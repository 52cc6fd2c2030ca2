using System.Text;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Transfers;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Tftp.Serving;

/// <summary>Tells the fabric and the counters what becomes of transfers.</summary>
internal sealed class TransferReports(IBootEvents events, TftpMetrics metrics, TimeProvider time)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);

    public TftpMetrics Metrics => metrics;

    public void Started(Session session, TimeSpan now)
    {
        session.ReportedAt = now;
        metrics.Answer();
        metrics.Began();
        events.Report(session.Event(TransferStage.Started, time.GetUtcNow()));
    }

    public void TakenOver(Session session, TimeSpan now)
    {
        session.ReportedAt = now;
        metrics.TakeOver();
        metrics.Began();
        var from = session.TakenOver?.Node is { Length: > 0 } node ? node : "another head node";
        events.Report(session.Event(TransferStage.Progress, time.GetUtcNow(), detail: $"taken over from {from}"));
    }

    /// <summary>The client ended a transfer whose head node is gone.</summary>
    public void EndedElsewhere(OpenTransfer transfer, TftpPacket error)
    {
        // As in Transfer.ClientError: 8 or 0 before any data is a probe for the size.
        var probe = transfer.Block == 0 && transfer.Options != 0 && error.ErrorCode is (TftpErrorCode.OptionNegotiation or TftpErrorCode.NotDefined);
        events.Report(new TransferEvent
        {
            Stage = probe ? TransferStage.Aborted : TransferStage.Failed,
            Protocol = TransferProtocol.Tftp,
            Peer = transfer.Key.Client,
            Client = transfer.Client,
            Path = transfer.Path,
            Role = transfer.Role,
            Bytes = Math.Min(transfer.Block * transfer.BlockSize, transfer.Length),
            Length = transfer.Length,
            Failure = probe ? TransferFailure.None : TransferFailure.ClientError,
            Detail = Describe(error),
            Transfer = transfer.Number,
            At = time.GetUtcNow(),
        });
    }

    public static string Describe(TftpPacket error) => $"ERROR {(int)error.ErrorCode}: {Encoding.UTF8.GetString(error.Data)}";

    public void Progress(Session session, TimeSpan now)
    {
        if (now - session.ReportedAt < ProgressInterval) return;
        session.ReportedAt = now;
        events.Report(session.Event(TransferStage.Progress, time.GetUtcNow()));
    }

    public void Ended(Session session, TransferStage stage, TransferFailure failure, string? detail)
    {
        metrics.Ended(stage, failure);
        events.Report(session.Event(stage, time.GetUtcNow(), failure, detail));
    }

    /// <summary>The request was answered with an ERROR; no transfer came of it.</summary>
    public void Refused(Session session, TransferFailure failure, string? detail = null)
    {
        metrics.Reject(FailureNames[(int)failure]);
        events.Report(session.Event(TransferStage.Failed, time.GetUtcNow(), failure, detail));
    }

    private static readonly string[] FailureNames = Enum.GetNames<TransferFailure>();
}
