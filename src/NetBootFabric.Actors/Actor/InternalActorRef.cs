namespace NetBootFabric.Actors.Actor;

/// <summary>What every reference inside the engine can do beside being told to.</summary>
internal abstract class InternalActorRef : IActorRef
{
    public abstract ActorPath Path { get; }

    public abstract ActorSystemImpl System { get; }

    public virtual bool IsTerminated => false;

    public abstract void Tell(object message, IActorRef? sender);

    public abstract void SendSystemMessage(SystemMessage message);

    public static InternalActorRef Of(IActorRef reference) => reference switch
    {
        InternalActorRef inner => inner,
        IActorRefAlias alias => alias.Target,
        _ => throw new NotSupportedException($"{reference.GetType()} is no reference of this engine"),
    };

    public bool Equals(IActorRef? other)
    {
        if (ReferenceEquals(this, other)) return true;
        return other is not null && Path.Uid == other.Path.Uid && Path.Equals(other.Path);
    }

    public override bool Equals(object? obj) => obj is IActorRef other && Equals(other);

    public override int GetHashCode() => Path.Uid.GetHashCode() ^ Path.Name.GetHashCode();

    public int CompareTo(IActorRef? other)
    {
        var paths = Path.CompareTo(other?.Path);
        return paths != 0 || other is null ? paths : Path.Uid.CompareTo(other.Path.Uid);
    }

    public int CompareTo(object? obj) => CompareTo(obj as IActorRef);

    public override string ToString() => Path.Uid == 0 ? $"[{Path}]" : $"[{Path}#{Path.Uid}]";
}
