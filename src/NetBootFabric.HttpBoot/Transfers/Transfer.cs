using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Wire;

namespace NetBootFabric.HttpBoot.Transfers;

/// <summary>One download's story as it is told to the client's actor.</summary>
internal sealed class Transfer(TransferJournal journal, BootContent content, string path, Ipv4Address peer)
{
    private readonly long _number = journal.NextNumber();
    private long _lastTold = journal.Time.GetTimestamp();

    public MacAddress? Client => content.Client;
    public long Bytes { get; private set; }

    public void Started() => Tell(TransferStage.Started);
    public void Done() => Tell(TransferStage.Done);
    public void Probed() => Tell(TransferStage.Aborted);
    public void Failed(TransferFailure failure, string detail)
    {
        Cut = detail;
        Tell(TransferStage.Failed, failure, detail);
    }

    /// <summary>Why it ended early; null: it did not.</summary>
    public string? Cut { get; private set; }

    public void Moved(int count)
    {
        Bytes += count;
        HttpBootMetrics.Bytes.Add(count);
        var now = journal.Time.GetTimestamp();
        if (journal.Time.GetElapsedTime(_lastTold, now) < TimeSpan.FromSeconds(1)) return;
        _lastTold = now;
        Tell(TransferStage.Progress);
    }

    private void Tell(TransferStage stage, TransferFailure failure = TransferFailure.None, string? detail = null) =>
        journal.Events.Report(new TransferEvent
        {
            Stage = stage,
            Protocol = TransferProtocol.Http,
            Peer = peer,
            Client = content.Client,
            Path = path,
            Role = content.Role,
            Bytes = Bytes,
            Length = content.Length,
            Failure = failure,
            Detail = detail,
            Transfer = _number,
            At = journal.Time.GetUtcNow(),
        });
}
