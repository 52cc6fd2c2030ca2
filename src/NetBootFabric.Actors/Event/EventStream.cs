using System.Collections.Frozen;

namespace NetBootFabric.Actors.Event;

/// <summary>Hands published objects to the actors subscribed to their type, or to a base type or interface of it.</summary>
public sealed class EventStream
{
    private readonly Lock _gate = new();
    private readonly List<(IActorRef Subscriber, Type Channel)> _subscriptions = [];
    private volatile FrozenDictionary<Type, IActorRef[]> _receivers = FrozenDictionary<Type, IActorRef[]>.Empty;

    /// <summary>False when it was subscribed already.</summary>
    public bool Subscribe(IActorRef subscriber, Type channel)
    {
        lock (_gate)
        {
            if (_subscriptions.Contains((subscriber, channel))) return false;
            _subscriptions.Add((subscriber, channel));
            return Forget();
        }
    }

    public bool Unsubscribe(IActorRef subscriber, Type channel)
    {
        lock (_gate) return _subscriptions.Remove((subscriber, channel)) && Forget();
    }

    public bool Unsubscribe(IActorRef subscriber)
    {
        lock (_gate) return _subscriptions.RemoveAll(subscription => subscription.Subscriber.Equals(subscriber)) > 0 && Forget();
    }

    public void Publish(object @event)
    {
        foreach (var receiver in ReceiversOf(@event.GetType()))
        {
            if (InternalActorRef.Of(receiver).IsTerminated) Unsubscribe(receiver);
            else receiver.Tell(@event, ActorRefs.NoSender);
        }
    }

    internal bool HasReceivers(Type type) => ReceiversOf(type).Length > 0;

    private bool Forget()
    {
        _receivers = FrozenDictionary<Type, IActorRef[]>.Empty;
        return true;
    }

    private IActorRef[] ReceiversOf(Type type)
    {
        if (_receivers.TryGetValue(type, out var receivers)) return receivers;
        lock (_gate)
        {
            receivers = [.. _subscriptions.Where(subscription => subscription.Channel.IsAssignableFrom(type)).Select(subscription => subscription.Subscriber).Distinct()];
            _receivers = _receivers.Append(new KeyValuePair<Type, IActorRef[]>(type, receivers)).DistinctBy(pair => pair.Key).ToFrozenDictionary();
            return receivers;
        }
    }
}

public static class EventStreamExtensions
{
    public static bool Subscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) => eventStream.Subscribe(subscriber, typeof(TChannel));

    public static bool Unsubscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) => eventStream.Unsubscribe(subscriber, typeof(TChannel));
}
