using NetBootFabric.Boot.Events;
using NetBootFabric.Wire;

namespace NetBootFabric.HttpBoot.Transfers;

/// <summary>Where transfers of one server are told, and what they are numbered by.</summary>
internal sealed class TransferJournal(IBootEvents events, TimeProvider time)
{
    private long _number;

    public IBootEvents Events => events;
    public TimeProvider Time => time;

    public long NextNumber() => Interlocked.Increment(ref _number);

    /// <summary>A request that got no content.</summary>
    public void Refused(string path, Ipv4Address peer, TransferFailure failure, string detail) =>
        events.Report(new TransferEvent
        {
            Stage = TransferStage.Failed,
            Protocol = TransferProtocol.Http,
            Peer = peer,
            Path = path,
            Failure = failure,
            Detail = detail,
            Transfer = NextNumber(),
            At = time.GetUtcNow(),
        });
}
