using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace NetBootFabric.Actors.Remote;

/// <summary>A system's end of the links to other members: messages become frames, and frames messages to local actors. Nothing that arrives makes it throw.</summary>
internal sealed class Remoting(ActorSystemImpl system, IRemoteTransport transport) : IDisposable
{
    private readonly ConcurrentDictionary<string, InternalActorRef> _asked = new();
    private volatile FrozenDictionary<Address, string> _names = FrozenDictionary<Address, string>.Empty;

    public RemoteCounters Counters { get; } = new();

    public IRemoteTransport Transport => transport;

    public void Start() => transport.Start(Receive);

    public void Dispose() => transport.Dispose();

    public void SetPeers(IReadOnlyList<RemotePeer> peers)
    {
        _names = peers.GroupBy(peer => AddressOf(peer.Address)).ToFrozenDictionary(same => same.Key, same => same.Last().Name);
        transport.SetPeers(peers);
    }

    public Address AddressOf(string hostAndPort) => Address.OfEndpoint(system.Name, hostAndPort);

    /// <summary>False: not sent.</summary>
    public bool Tell(ActorPath recipient, object message, IActorRef? sender) =>
        _names.TryGetValue(recipient.Address, out var peer) && Send(peer, FrameKind.Tell, 0, TextOf(recipient), "", message, sender) == SendOutcome.Sent;

    /// <summary>Tells an actor of a member, by name. False: not sent.</summary>
    public bool TellMember(string peer, string recipient, object message, IActorRef? sender) =>
        Send(peer, FrameKind.Tell, 0, recipient, "", message, sender) == SendOutcome.Sent;

    /// <summary>Passes an entity's message on.</summary>
    public SendOutcome SendToEntity(string peer, byte hops, string region, string entity, object message, IActorRef? sender) =>
        Send(peer, FrameKind.Entity, hops, region, entity, message, sender);

    /// <summary>The ask's answer came, or never will.</summary>
    public void Forget(InternalActorRef asker) => _asked.TryRemove(asker.Path.Name, out _);

    public InternalActorRef? Asker(string name) => _asked.GetValueOrDefault(name);

    private static string TextOf(ActorPath path) => path.Uid == 0 ? path.ToStringWithoutAddress() : $"{path.ToStringWithoutAddress()}#{path.Uid}";

    private SendOutcome Send(string peer, FrameKind kind, byte hops, string recipient, string entity, object message, IActorRef? sender)
    {
        var outcome = SendOutcome.Unsendable;
        try
        {
            var serializer = system.Serialization.FindSerializerFor(message);
            var frame = new RemoteFrame(kind, hops, recipient, entity, TextOf(sender), serializer.Identifier, system.Serialization.ManifestFor(serializer, message), serializer.ToBinary(message));
            outcome = Send(peer, frame);
        }
        catch (Exception failure)
        {
            system.Log.Error(failure, "A {0} can't be sent to [{1}]", message.GetType(), peer);
        }
        if (outcome == SendOutcome.Sent) Counters.CountSent();
        else Counters.CountUnsent();
        return outcome;
    }

    private SendOutcome Send(string peer, RemoteFrame frame)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(frame.LengthBound);
        try
        {
            var length = frame.Write(buffer);
            if (length is 0 or > IRemoteTransport.MaxFrame) return SendOutcome.Unsendable;
            return transport.Send(peer, buffer.AsSpan(0, length)) ? SendOutcome.Sent : SendOutcome.Refused;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The sender's path for the other side; an asker is kept until its answer comes.</summary>
    private string TextOf(IActorRef? sender)
    {
        if (sender is null or Nobody) return "";
        var inner = InternalActorRef.Of(sender);
        if (inner is DeadEndRef) return "";
        if (inner is IAsker asker)
        {
            _asked[inner.Path.Name] = inner;
            if (!asker.Announce()) Forget(inner);
        }
        return inner.Path.Address + TextOf(inner.Path);
    }

    private void Receive(string peer, ReadOnlySpan<byte> bytes)
    {
        if (RemoteFrame.Read(bytes, out var fault) is not { } frame)
        {
            Reject(peer, fault, null);
            return;
        }
        object message;
        try
        {
            message = system.Serialization.Deserialize(frame.Payload.ToArray(), frame.Serializer, frame.Manifest);
        }
        catch (Exception failure)
        {
            Reject(peer, FrameFault.Undecodable, failure);
            return;
        }
        Counters.CountReceived();
        try
        {
            HandOver(peer, frame, message);
        }
        catch (Exception failure)
        {
            system.Log.Error(failure, "A message from [{0}] to {1} could not be handed over", peer, frame.Recipient);
        }
    }

    private void HandOver(string peer, RemoteFrame frame, object message)
    {
        var sender = frame.Sender.Length == 0 ? null : system.Resolve(frame.Sender);
        var target = system.Resolve(frame.Recipient) ?? (InternalActorRef)system.DeadLetters;
        if (frame.Kind == FrameKind.Entity && target is IEntityGate region) region.Arrived(peer, frame.Entity, message, sender, frame.Hops);
        else target.Tell(message, sender);
    }

    private void Reject(string peer, FrameFault fault, Exception? failure)
    {
        Counters.CountRejected(fault);
        if (system.Log.IsDebugEnabled) system.Log.Debug("A frame from [{0}] was dropped: {1} {2}", peer, fault, failure);
    }
}

internal enum SendOutcome
{
    Sent = 0,

    /// <summary>It is no peer now, or too much waits for it.</summary>
    Refused,

    /// <summary>The message has no serializer, or is too long.</summary>
    Unsendable,
}

/// <summary>Waits for one answer, under a path of its own.</summary>
internal interface IAsker
{
    /// <summary>Its path is given away now. False: it needs no answer any more.</summary>
    bool Announce();
}

/// <summary>Takes the messages that other members pass on to entities.</summary>
internal interface IEntityGate
{
    void Arrived(string peer, string entityId, object message, IActorRef? sender, byte hops);
}
