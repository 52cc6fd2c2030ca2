using System.Globalization;
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
        events.Report(session.Event(TransferStage.Progress, time.GetUtcNow(), detail: $"taken over from {Former(session)}"));
    }

    public static string DescribeTakeOver(Session session) =>
        string.Create(CultureInfo.InvariantCulture, $"{session.Request.Path}: taken over from {Former(session)} at block {session.ResumeAt}");

    private static string Former(Session session) => session.TakenOver?.Node is { Length: > 0 } node ? node : "another head node";

    /// <summary>How a transfer ended, for people.</summary>
    public static string Describe(Session session, TransferStage stage, TransferFailure failure)
    {
        var transfer = session.Transfer!;
        var how = stage switch { TransferStage.Done => "sent", TransferStage.Aborted => "only its size was asked for", _ => failure == TransferFailure.TimedOut ? "given up, no ACK for too long" : $"failed ({failure})" };
        return string.Create(CultureInfo.InvariantCulture, $"{session.Request.Path}: {how}, {transfer.AcknowledgedBytes} of {transfer.State.Length} octets, {transfer.Retransmissions} packets sent again");
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
