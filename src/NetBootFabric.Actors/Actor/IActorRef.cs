namespace NetBootFabric.Actors.Actor;

public interface ICanTell
{
    void Tell(object message, IActorRef? sender);
}

/// <summary>The handle of an actor. Equal when path and incarnation are.</summary>
public interface IActorRef : ICanTell, IEquatable<IActorRef>, IComparable<IActorRef>, IComparable
{
    ActorPath Path { get; }
}

public static class ActorRefs
{
    public static readonly Nobody Nobody = Nobody.Instance;

    /// <summary>No sender: replies go to dead letters.</summary>
    public static readonly IActorRef? NoSender;
}

public static class ActorRefImplicitSenderExtensions
{
    /// <summary>Sends with the running actor as sender, or none outside an actor.</summary>
    public static void Tell(this IActorRef receiver, object message) => receiver.Tell(message, ActorCell.Current?.Self);

    /// <summary>Sends on behalf of the sender of the message in work.</summary>
    public static void Forward(this IActorRef receiver, object message) => receiver.Tell(message, ActorCell.Current?.Sender);
}

/// <summary>An object that is told to in the place of an actor, as a test probe.</summary>
internal interface IActorRefAlias
{
    InternalActorRef Target { get; }
}
