namespace NetBootFabric.Actors.Actor;

internal sealed partial class ActorCell
{
    private ChildContainer? _children;

    public bool HasChildren => _children is { IsEmpty: false };

    private bool HasStoppingChildren => _children is { HasStopping: true };

    public IActorRef ActorOf(Props childProps, string? name = null) => StartChild(childProps, name);

    public IActorRef Child(string name) => (IActorRef?)_children?.Find(name) ?? ActorRefs.Nobody;

    public LocalActorRef? ChildOrNull(string name) => _children?.Find(name);

    public IEnumerable<IActorRef> GetChildren() => _children?.All() ?? [];

    public void Stop(IActorRef actor) => system.StopActor(actor);

    /// <summary>Adds a child under a name that the caller has checked. Guardians are asked from any thread.</summary>
    public LocalActorRef StartChild(Props childProps, string? name, bool checksName = true, Func<ActorPath, LocalActorRef>? reference = null)
    {
        if (name is not null && checksName && !ActorPath.IsValidPathElement(name))
            throw new InvalidActorNameException($"Invalid actor path element [{name}]; legal are letters, digits and -_.*$+:@&=,!~';() with no $ in front");
        var children = _children ?? Interlocked.CompareExchange(ref _children, new ChildContainer(), null) ?? _children;
        if (_terminating || _closed) throw new InvalidOperationException($"{self} is stopping and can't have new children");
        var child = children.Add(name, chosen => Make(childProps, chosen, reference));
        child.SendSystemMessage(new Create());
        return child;
    }

    /// <summary>The engine's own stop of a child, remembered so that a restart waits for it.</summary>
    public void NoteStopping(LocalActorRef child) => _children?.MarkStopping(child);

    private LocalActorRef Make(Props childProps, string name, Func<ActorPath, LocalActorRef>? reference)
    {
        var path = self.Path.Child(name, system.NextUid());
        return reference?.Invoke(path) ?? new LocalActorRef(system, path, childProps, self);
    }

    private void StopChildren()
    {
        foreach (var child in GetChildren()) system.StopActor(child);
    }

    private void TellChildren(Func<SystemMessage> message)
    {
        if (_children is null) return;
        foreach (var child in _children.All()) child.SendSystemMessage(message());
    }

    private void ForgetChild(IActorRef dead)
    {
        if (_children is null || dead is not LocalActorRef child || !_children.Remove(child)) return;
        _actor?.ChildTerminated(child);
        if (_terminating)
        {
            if (_children.IsEmpty) FinishTermination();
        }
        else if (_restartCause is { } cause && !HasStoppingChildren)
        {
            FinishRestart(cause);
        }
    }
}
