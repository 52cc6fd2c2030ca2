using NetBootFabric.Boot.Events;

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
