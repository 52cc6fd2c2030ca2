using System.Collections.Concurrent;
using System.Collections.Frozen;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Dhcp.Tests.Server;

/// <summary>The fabric without its actors: decides at once, on the listener's own thread, and keeps leases in memory.</summary>
internal sealed class RoomDirectory : IBootDirectory
{
    private readonly ConcurrentDictionary<int, IDhcpReplies> _replies = [];
    private readonly ConcurrentDictionary<MacAddress, ClientState> _clients = [];
    private readonly Room _room;
    private readonly LeaseBook _book;

    public RoomDirectory(Room room)
    {
        _room = room;
        _book = new LeaseBook(new ForgetfulStore(), room, new LeaseInventory([], []));
    }

    public static Room Room { get; } = new()
    {
        Subnets =
        [
            Subnet("10.77.0.0/16", "10.77.1.0", "10.77.250.254") with { Routers = [Ip("10.77.0.1")], DnsServers = [Ip("10.77.0.1")] },
            Subnet("10.78.0.0/24", "10.78.0.10", "10.78.0.250"),
        ],
        Profiles = FrozenDictionary.ToFrozenDictionary([KeyValuePair.Create("default", new Profile { Name = "default", Kernel = "vmlinuz" })]),
    };

    public static Ipv4Address Ip(string text) => Ipv4Address.Parse(text);

    public ConcurrentQueue<DhcpInquiry> Heard { get; } = [];

    public void Attach(int listener, IDhcpReplies replies) => _replies[listener] = replies;

    public void Submit(DhcpInquiry inquiry)
    {
        Heard.Enqueue(inquiry);
        var replies = _replies[inquiry.Ingress.Listener];
        if (Answer(inquiry, out var reason) is { } answer) replies.Queue(answer);
        else replies.Dismiss(inquiry, reason);
        replies.Flush();
    }

    public DhcpAnswer? Answer(DhcpInquiry inquiry, out DhcpDismissal reason)
    {
        var state = _clients.GetValueOrDefault(inquiry.Client) ?? new ClientState { Mac = inquiry.Client };
        var answer = Decide(inquiry, state, out reason);
        state = BootMachine.OnInquiry(state, inquiry, DateTimeOffset.UnixEpoch);
        _clients[inquiry.Client] = answer is null ? state : BootMachine.OnAnswered(state, answer, DateTimeOffset.UnixEpoch);
        return answer;
    }

    private DhcpAnswer? Decide(DhcpInquiry inquiry, ClientState state, out DhcpDismissal reason)
    {
        reason = DhcpDismissal.NoAnswerNeeded;
        var outcome = DhcpDecision.Decide(inquiry, new DhcpContext { Room = _room, Leases = _book, Now = DateTimeOffset.UnixEpoch, Client = state });
        if (outcome is DhcpOutcome.Dismiss dismissed) reason = dismissed.Reason;
        if (outcome is DhcpOutcome.CommitThenAnswer intended)
        {
            _book.Commit(intended.Lease, 0, result => Assert.Equal(LeaseCommit.Committed, result));
            return intended.Reply;
        }
        return (outcome as DhcpOutcome.Answer)?.Reply;
    }

    private static Subnet Subnet(string network, string first, string last) =>
        new() { Network = Ipv4Network.Parse(network), Ranges = [new AddressRange(Ip(first), Ip(last))] };

    private sealed class ForgetfulStore : ILeaseStore
    {
        public Task<LeaseInventory> LoadAsync(CancellationToken cancellation) => Task.FromResult(new LeaseInventory([], []));
        public void Load(IReadOnlyList<int> shards, Action<LeaseInventory?> completed) => completed(new LeaseInventory([], []));
        public void Commit(Lease lease, long epoch, Action<LeaseCommit> completed) => completed(LeaseCommit.Committed);
        public void Release(MacAddress client, Ipv4Address address, Action<LeaseCommit> completed) => completed(LeaseCommit.Committed);
        public void Quarantine(Quarantine quarantine, Action<LeaseCommit> completed) => completed(LeaseCommit.Committed);
    }
}
