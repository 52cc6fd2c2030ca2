namespace NetBootFabric.Actors.Actor;

internal sealed partial class ActorCell
{
    private HashSet<InternalActorRef>? _watchers;
    private Dictionary<IActorRef, Watched>? _watching;

    public IActorRef Watch(IActorRef subject) => Watch(subject, null);

    public IActorRef WatchWith(IActorRef subject, object message) => Watch(subject, message);

    public IActorRef Unwatch(IActorRef subject)
    {
        var target = InternalActorRef.Of(subject);
        if (_watching?.Remove(target) == true) target.SendSystemMessage(new Unwatch(self));
        return subject;
    }

    private IActorRef Watch(IActorRef subject, object? message)
    {
        var target = InternalActorRef.Of(subject);
        if (target.Equals(self)) return subject;
        if ((_watching ??= []).TryAdd(target, new Watched(message, Queued: false))) target.SendSystemMessage(new Watch(target, self));
        return subject;
    }

    private void AddWatcher(InternalActorRef watcher) => (_watchers ??= []).Add(watcher);

    private void ActorDied(DeathWatchNotification death)
    {
        if (_watching is not null && _watching.TryGetValue(death.Actor, out var watched) && !watched.Queued && !_terminating)
        {
            if (watched.Message is { } message)
            {
                _watching.Remove(death.Actor);
                self.Tell(message, death.Actor);
            }
            else
            {
                _watching[death.Actor] = watched with { Queued = true };
                self.Tell(new Terminated(death.Actor, death.ExistenceConfirmed, addressTerminated: false), death.Actor);
            }
        }
        ForgetChild(death.Actor);
    }

    // One that was unwatched after it had been queued is not delivered.
    private void ReceiveTerminated(Terminated message)
    {
        if (_watching is null || !_watching.Remove(message.ActorRef)) return;
        _actor!.InvokeAroundReceive(_behavior!, message);
    }

    private void UnwatchAll()
    {
        if (_watching is null) return;
        foreach (var (subject, watched) in _watching)
        {
            if (!watched.Queued) InternalActorRef.Of(subject).SendSystemMessage(new Unwatch(self));
        }
        _watching = null;
    }

    private void NotifyWatchers()
    {
        if (_watchers is null) return;
        foreach (var watcher in _watchers)
        {
            if (!ReferenceEquals(watcher, parent)) watcher.SendSystemMessage(new DeathWatchNotification(self, existenceConfirmed: true));
        }
        _watchers = null;
    }

    private readonly record struct Watched(object? Message, bool Queued);
}
