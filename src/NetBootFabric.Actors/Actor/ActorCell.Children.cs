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

    public LocalActorRef StartChild(Props childProps, string? name) =>
        StartChild(name, checksName: true, childProps, static (cell, path, props) => new LocalActorRef(cell.SystemImpl, path, props, cell.SelfRef));

    /// <summary>Adds a child under a name that the caller has checked. Guardians are asked from any thread.</summary>
    /// <param name="make">Makes the reference of <paramref name="from"/>: given that way, an entity's start needs no closure.</param>
    public LocalActorRef StartChild<T>(string? name, bool checksName, T from, Func<ActorCell, ActorPath, T, LocalActorRef> make)
    {
        if (name is not null && checksName && !ActorPath.IsValidPathElement(name))
            throw new InvalidActorNameException($"Invalid actor path element [{name}]; legal are letters, digits and -_.*$+:@&=,!~';() with no $ in front");
        var children = _children ?? Interlocked.CompareExchange(ref _children, new ChildContainer(), null) ?? _children;
        if (_terminating || _closed) throw new InvalidOperationException($"{self} is stopping and can't have new children");
        var child = children.Add(name, (Cell: this, from, make), static (chosen, it) => it.make(it.Cell, it.Cell.Self.Path.Child(chosen, it.Cell.SystemImpl.NextUid()), it.from));
        child.SendSystemMessage(new Create());
        return child;
    }

    /// <summary>The engine's own stop of a child, remembered so that a restart waits for it.</summary>
    public void NoteStopping(LocalActorRef child) => _children?.MarkStopping(child);

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
