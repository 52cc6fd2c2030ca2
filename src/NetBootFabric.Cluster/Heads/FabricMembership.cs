using NetBootFabric.Boot.Heads;
using NetBootFabric.Boot.Membership;
using NetBootFabric.Cluster.Membership;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Heads;

/// <summary>The head nodes and their shards, as this one knows them. Thread-safe.</summary>
public sealed class FabricMembership : IShardOwnership
{
    private static readonly ClientMessageExtractor Extractor = new();
    private static readonly TimeSpan AskTime = TimeSpan.FromSeconds(2);

    private readonly MembershipState _state;
    private readonly Lock _gate = new();
    private readonly List<Action<ActorSystem>> _parts = [];
    private ActorSystem? _system;
    private bool _joins;

    public FabricMembership(MembershipSetup setup) => _state = setup.State;

    internal MembershipState State => _state;

    public int Shards => ClientMessageExtractor.ShardCount;

    /// <summary>Current, Joining, DownForAll, CutOff or Left.</summary>
    public string Contact => _state.Contact.ToString();

    public IReadOnlyList<HeadMember> Members => [.. _state.Members.Select(Of).OrderBy(member => member.Name, StringComparer.Ordinal)];

    /// <summary>Names of those that serve, this one included.</summary>
    public IEnumerable<string> Live => _state.Members.Where(IsLive).Select(row => row.Identity.Name);

    /// <summary>Addresses of the others' actor systems.</summary>
    public IEnumerable<string> Others => _state.Members.Where(row => IsLive(row) && row.Identity.Name != _state.Setup.Name).Select(row => AddressOf(row.Identity.Address));

    public IEnumerable<HeadShard> Table => _state.Table.Select(row => new HeadShard(row.Shard, row.Owner, row.Epoch));

    /// <summary>This node has left, for as long as the process lives.</summary>
    public bool HasLeft => _state.Left.IsCompleted;

    /// <summary>Raised when members came, went or changed. Listeners must be quick.</summary>
    public event Action? Changed
    {
        add => _state.Changed += value;
        remove => _state.Changed -= value;
    }

    public int ShardOf(MacAddress client) => Extractor.ShardOf(client);

    public bool Owns(int shard) => _state.Owns(shard);

    public long EpochOf(int shard) => _state.EpochOf(shard);

    /// <summary>The incarnation under which this node may act now; 0: it was fenced, is cut off or has not joined.</summary>
    public long Tenure() => _state.IsCurrent ? _state.Incarnation : 0;

    public IReadOnlyList<ServiceMember> ServiceMembers() =>
        [.. _state.Members.Where(row => row.Lives).Select(row => new ServiceMember(row.Identity.Name, row.Identity.Weight, Standing(row)))];

    public bool IsAlive(string name) => _state.Members.Any(row => row.Identity.Name == name && IsLive(row));

    /// <summary>An actor system was made with this membership, its regions are there. One that was put out is followed by another.</summary>
    public void Begin(ActorSystem system)
    {
        lock (_gate)
        {
            _system = system;
            foreach (var part in _parts) part(system);
            if (_joins) Join(system);
        }
    }

    /// <summary>Calls <paramref name="part"/> with the present actor system and with each that follows it, before it joins.</summary>
    public void OnEach(Action<ActorSystem> part)
    {
        lock (_gate)
        {
            _parts.Add(part);
            if (_system is { } present) part(present);
        }
    }

    /// <summary>Takes part from now on; completes once this member is up. Start the region before, since shards come to a member as soon as it is up.</summary>
    public Task JoinAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (!_joins && _system is { } present) Join(present);
            _joins = true;
        }
        return _state.Up.WaitAsync(cancellation);
    }

    private void Join(ActorSystem system) => system.ActorOf(MembershipKeeper.Props(_state), MembershipKeeper.Name);

    /// <summary>Gives everything to the others and leaves; completes once the store knows it and the actor system has ended.</summary>
    public async Task LeaveAsync()
    {
        if (_state.Keeper is not { IsCompletedSuccessfully: true } keeper || _system is not { } system) return;
        keeper.Result.Tell(BeginToLeave.Instance, ActorRefs.NoSender);
        await CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
        await _state.Left;
    }

    /// <summary>Asks every other head node; who does not answer in time is left out.</summary>
    public async Task<IReadOnlyList<HeadAnswer>> AskOthersAsync(string path)
    {
        var asked = Others.Select(address => AskAsync(address, path)).ToList();
        return [.. (await Task.WhenAll(asked)).OfType<HeadAnswer>()];
    }

    /// <summary>Null: no answer in time.</summary>
    public Task<HeadAnswer?> AskAsync(HeadMember member, string path) => AskAsync(AddressOf(member.Address), path);

    private async Task<HeadAnswer?> AskAsync(string address, string path)
    {
        if (_system is not { } system) return null;
        try
        {
            return await system.ActorSelection($"{address}/user/{HeadPeers.Name}").Ask<HeadAnswer>(new HeadQuestion(path), AskTime);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    private static string AddressOf(string endpoint) => $"akka.ssl.tcp://{FabricSettings.SystemName}@{endpoint}";

    private static ServiceStanding Standing(MemberRow row) => row.Status switch
    {
        StoredStatus.Up => ServiceStanding.Up,
        StoredStatus.Leaving => ServiceStanding.Leaving,
        _ => ServiceStanding.Joining,
    };

    private static bool IsLive(MemberRow row) => row.Status is StoredStatus.Up or StoredStatus.Leaving;

    private static HeadMember Of(MemberRow row) =>
        new(row.Identity.Name, row.Status.ToString().ToLowerInvariant(), row.Identity.Address, row.Identity.Weight, row.Identity.Roles, row.Incarnation);
}
