using Akka.Actor.Internal;
using Akka.Actor.Setup;

namespace NetBootFabric.Testing.Virtual;

/// <summary>Where one system is reached, and its end of the links to the others. Messages cross them in octets, by the system's own serializers.</summary>
public sealed class SimulatedHost : Setup
{
    public const int Port = 4711;

    private readonly SimulatedNetwork _network;
    private readonly SimulatedNode _node;
    private readonly Dictionary<string, Queue<Parcel>> _arriving = [];

    internal SimulatedHost(SimulatedNetwork network, string name, SimulatedNode node) => (_network, Name, _node) = (network, name, node);

    public string Name { get; }

    internal ActorSystemImpl System { get; set; } = null!;

    internal Address AddressIn(string system) => new("akka.ssl.tcp", system, Name, Port);

    internal void Send(ActorPath to, object message, IActorRef? sender)
    {
        var (path, content) = message is ActorSelectionMessage selection ? (Follow(to, selection), selection.Message) : (to, message);
        if (_network.Reach(this, to.Address.Host!) is not { } host || _network.Loses(Name, host.Name)) return;
        var serializer = System.Serialization.FindSerializerFor(content);
        var parcel = new Parcel(path, serializer.Identifier, Serialization.ManifestFor(serializer, content), serializer.ToBinary(content), PathOf(sender));
        host.Expect(this, parcel, _network.Delay(Name, host.Name));
    }

    private static ActorPath Follow(ActorPath from, ActorSelectionMessage selection) => selection.Elements.Aggregate(from, static (path, element) => element switch
    {
        SelectChildName child => path / child.Name,
        SelectParent => path.Parent,
        _ => throw new NotSupportedException($"a selection of {element}"),
    });

    private ActorPath? PathOf(IActorRef? sender) => sender switch
    {
        null or Nobody => null,
        SimulatedRef remote => remote.Path,
        _ => new RootActorPath(AddressIn(System.Name)) / sender.Path.Elements,
    };

    private void Expect(SimulatedHost from, Parcel parcel, TimeSpan delay)
    {
        if (!_arriving.TryGetValue(from.Name, out var arriving)) _arriving[from.Name] = arriving = new Queue<Parcel>();
        arriving.Enqueue(parcel);
        _ = _network.Time.CreateTimer(_ => _node.Schedule(() => HandOver(from, arriving)), null, delay, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Each turn hands over the oldest message, whichever message's turn it was meant to be: the order stays.</summary>
    private void HandOver(SimulatedHost from, Queue<Parcel> arriving)
    {
        var parcel = arriving.Dequeue();
        if (_network.Reach(from, Name) != this) return;
        var message = System.Serialization.Deserialize(parcel.Octets, parcel.SerializerId, parcel.Manifest);
        System.Provider.ResolveActorRef(parcel.To).Tell(message, parcel.From is null ? ActorRefs.NoSender : System.Provider.ResolveActorRef(parcel.From));
    }

    private sealed record Parcel(ActorPath To, int SerializerId, string Manifest, byte[] Octets, ActorPath? From);
}
