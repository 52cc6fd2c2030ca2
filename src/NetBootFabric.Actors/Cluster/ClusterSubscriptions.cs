namespace NetBootFabric.Actors.Cluster;

/// <summary>Who wants to hear of which events.</summary>
internal sealed class ClusterSubscriptions
{
    private readonly Lock _gate = new();
    private readonly List<(IActorRef Subscriber, Type Type)> _wanted = [];

    /// <summary>What <paramref name="initial"/> gives is told first, with no event missed or told twice between.</summary>
    public void Add(IActorRef subscriber, IReadOnlyList<Type> types, Func<IReadOnlyList<object>> initial)
    {
        lock (_gate)
        {
            foreach (var type in types)
            {
                if (!_wanted.Contains((subscriber, type))) _wanted.Add((subscriber, type));
            }
            foreach (var message in initial())
            {
                if (message is ClusterEvent.CurrentClusterState || types.Any(type => type.IsInstanceOfType(message))) subscriber.Tell(message, ActorRefs.NoSender);
            }
        }
    }

    public void Remove(IActorRef subscriber, Type? type)
    {
        lock (_gate) _wanted.RemoveAll(wanted => wanted.Subscriber.Equals(subscriber) && (type is null || wanted.Type == type));
    }

    /// <summary>Runs the change of state that the events tell of, then tells them.</summary>
    public void Publish(Action change, Func<IReadOnlyList<object>> events)
    {
        lock (_gate)
        {
            var told = events();
            change();
            foreach (var message in told)
            {
                foreach (var subscriber in _wanted.Where(wanted => wanted.Type.IsInstanceOfType(message)).Select(static wanted => wanted.Subscriber).Distinct().ToList())
                    subscriber.Tell(message, ActorRefs.NoSender);
            }
        }
    }
}
