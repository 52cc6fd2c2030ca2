namespace NetBootFabric.Actors.Actor;

/// <summary>The reference that stands for no actor; what is told to it is gone.</summary>
public sealed class Nobody : IActorRef
{
    internal static Nobody Instance { get; } = new();

    private Nobody() { }

    public ActorPath Path { get; } = ActorPath.RootOf(new Address("akka", "all-systems")) / "Nobody";

    public void Tell(object message, IActorRef? sender) { }

    public bool Equals(IActorRef? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => 1;

    public int CompareTo(IActorRef? other) => Path.CompareTo(other?.Path);

    public int CompareTo(object? obj) => CompareTo(obj as IActorRef);

    public override string ToString() => "[Nobody]";
}

public static class NobodyExtensions
{
    /// <summary>True for <see cref="ActorRefs.Nobody"/> and for null.</summary>
    public static bool IsNobody(this IActorRef? actorRef) => actorRef is null or Nobody;
}
