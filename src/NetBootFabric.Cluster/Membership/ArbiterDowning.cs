using System.Net.Sockets;
using Akka.Cluster;
using Akka.Remote;
using AkkaCluster = Akka.Cluster.Cluster;

namespace NetBootFabric.Cluster.Membership;

/// <summary>
/// Akka's downing provider: tells the <see cref="MembershipKeeper"/> whom Akka does not hear and whose port refuses connections. The keeper has them fenced in the store, if they are
/// dead for it as well, and downs them then. There is nothing to wait for after that: the fence keeps two owners apart.
/// </summary>
public sealed class ArbiterDowningProvider(ActorSystem system, AkkaCluster cluster) : IDowningProvider
{
    public TimeSpan DownRemovalMargin => TimeSpan.Zero;

    public Props DowningActorProps => Props.Create(() => new ArbiterDowning(system, cluster));
}

internal sealed class ArbiterDowning : ReceiveActor
{
    /// <summary>A kernel that has no such port says so at once.</summary>
    private static readonly TimeSpan ProbeTime = TimeSpan.FromMilliseconds(200);

    /// <summary>A process that is killed loses its links an instant before its port: whoever still answers is asked again, some times.</summary>
    private static readonly TimeSpan ProbePause = TimeSpan.FromMilliseconds(20);
    private const int Probes = 10;

    private readonly MembershipState? _state;
    private readonly AkkaCluster _cluster;
    private readonly HashSet<UniqueAddress> _probed = [];

    public ArbiterDowning(ActorSystem system, AkkaCluster cluster)
    {
        (_state, _cluster) = (MembershipExtension.Of(system), cluster);
        Receive<ClusterEvent.UnreachableMember>(gone => Suspect(gone.Member, isProven: false));
        Receive<ClusterEvent.IReachabilityEvent>(static _ => { });
        Receive<DisassociatedEvent>(ended => Probe(ended.RemoteAddress));
        Receive<AssociationErrorEvent>(failed => Probe(failed.RemoteAddress));
        Receive<Probed>(OnProbed);
    }

    protected override void PreStart()
    {
        _cluster.Subscribe(Self, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.IReachabilityEvent));
        Context.System.EventStream.Subscribe(Self, typeof(DisassociatedEvent));
        Context.System.EventStream.Subscribe(Self, typeof(AssociationErrorEvent));
    }

    protected override void PostStop()
    {
        Context.System.EventStream.Unsubscribe(Self);
        _cluster.Unsubscribe(Self);
    }

    private void Probe(Address? address)
    {
        if (address is null || _cluster.State.Members.FirstOrDefault(each => each.Address == address) is not { Status: not (MemberStatus.Down or MemberStatus.Removed) } member) return;
        if (member.UniqueAddress.Equals(_cluster.SelfUniqueAddress) || !_probed.Add(member.UniqueAddress)) return;
        _ = ProbeAsync(member, Self);
    }

    private static async Task ProbeAsync(Member member, IActorRef self)
    {
        var answer = PortAnswer.Open;
        for (var probe = 0; probe < Probes && answer == PortAnswer.Open; probe++)
        {
            if (probe > 0) await Task.Delay(ProbePause).ConfigureAwait(false);
            answer = await AskAsync(member.Address).ConfigureAwait(false);
        }
        self.Tell(new Probed(member, answer == PortAnswer.Refused), ActorRefs.NoSender);
    }

    /// <summary>Only a refusal is proof: no answer, no route, a reset say nothing.</summary>
    private static async Task<PortAnswer> AskAsync(Address address)
    {
        try
        {
            using var limit = new CancellationTokenSource(ProbeTime);
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(address.Host!, address.Port!.Value, limit.Token).ConfigureAwait(false);
            return PortAnswer.Open;
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode == SocketError.ConnectionRefused ? PortAnswer.Refused : PortAnswer.None;
        }
        catch (OperationCanceledException)
        {
            return PortAnswer.None; // silent: the failure detector judges
        }
    }

    private void OnProbed(Probed probed)
    {
        _probed.Remove(probed.Member.UniqueAddress);
        if (probed.IsRefused) Suspect(probed.Member, isProven: true);
    }

    private void Suspect(Member member, bool isProven)
    {
        if (_state?.Keeper is { IsCompletedSuccessfully: true } keeper) keeper.Result.Tell(new Suspected(member.UniqueAddress, isProven), ActorRefs.NoSender);
    }

    private enum PortAnswer
    {
        None = 0,
        Open,
        Refused,
    }

    private sealed record Probed(Member Member, bool IsRefused) : INoSerializationVerificationNeeded;
}
