namespace NetBootFabric.Actors.TestKit;

/// <summary>A further test actor; it may stand wherever a reference is asked for.</summary>
public class TestProbe : TestKitBase, IActorRef, IActorRefAlias
{
    internal TestProbe(ActorSystem system, string? testProbeName) : base(system, testProbeName) { }

    public IActorRef Ref => TestActor;
    public IActorRef Sender => LastSender;
    public ActorPath Path => TestActor.Path;

    InternalActorRef IActorRefAlias.Target => TestActorRef;

    /// <summary>Sends with the probe as sender.</summary>
    public void Send(IActorRef actor, object message) => actor.Tell(message, TestActor);

    /// <summary>Answers the sender of the message read last.</summary>
    public void Reply(object message) => Sender.Tell(message, TestActor);

    public void Forward(IActorRef actor, object message) => actor.Tell(message, Sender);

    public void Forward(IActorRef actor) => Forward(actor, LastMessage!);

    public void Tell(object message, IActorRef? sender) => TestActor.Tell(message, sender);

    public bool Equals(IActorRef? other) => TestActor.Equals(other);

    public override bool Equals(object? obj) => obj is IActorRef other && Equals(other);

    public override int GetHashCode() => TestActor.GetHashCode();

    public int CompareTo(IActorRef? other) => TestActor.CompareTo(other);

    public int CompareTo(object? obj) => TestActor.CompareTo(obj);

    public override string ToString() => TestActor.ToString()!;
}
