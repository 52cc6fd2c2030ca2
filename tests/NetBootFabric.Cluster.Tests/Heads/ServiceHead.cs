using NetBootFabric.Boot.Heads;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Tests.Heads;

/// <summary>One head node's keeper, with an interface that forgets an address two seconds after its last renewal.</summary>
internal sealed class ServiceHead : IAddressHolder
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);
    private readonly Dictionary<Ipv4Address, TimeSpan> _until = [];
    private readonly VirtualTimeProvider _time;
    private readonly ActorSystem _system;

    public ServiceHead(string name, IServiceAddressStore store, DeterministicRuntime runtime, Func<IReadOnlyList<ServiceMember>> members, params string[] own)
    {
        (Name, _time) = (name, runtime.TimeProvider);
        _system = new SimulatedNode(runtime).CreateSystem(name);
        var duty = new ServiceDuty
        {
            Self = name,
            Own = [.. own.Select(address => Ipv4Address.Parse(address))],
            Store = store,
            Holder = this,
            Members = members,
            Tenure = () => Tenure,
            IsBusy = Busy.Contains,
            Time = runtime.TimeProvider,
        };
        Keeper = _system.ActorOf(Props.Create(() => new ServiceAddressKeeper(duty)));
    }

    public string Name { get; }
    public IActorRef Keeper { get; }
    public long Tenure { get; set; } = 1;

    /// <summary>Clients load from these.</summary>
    public HashSet<Ipv4Address> Busy { get; } = [];

    /// <summary>On its interface now.</summary>
    public IEnumerable<Ipv4Address> Addresses => _until.Where(each => each.Value > _time.Elapsed).Select(each => each.Key).Order();

    /// <summary>Its keeper ends, as at SIGTERM.</summary>
    public void Stop() => _system.Stop(Keeper);

    public void Renew(Ipv4Address address) => _until[address] = _time.Elapsed + Lifetime;

    public void Release(Ipv4Address address) => _until.Remove(address);
}
