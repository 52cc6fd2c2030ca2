namespace NetBootFabric.Actors.Event;

public abstract class AllDeadLetters(object message, IActorRef sender, IActorRef recipient)
{
    public object Message => message;
    public IActorRef Sender => sender;
    public IActorRef Recipient => recipient;

    public override string ToString() => $"{GetType().Name} from {Sender} to {Recipient}: <{Message}>";
}

/// <summary>A message that reached no actor.</summary>
public sealed class DeadLetter(object message, IActorRef sender, IActorRef recipient) : AllDeadLetters(message, sender, recipient);

/// <summary>A message that its actor has no handler for.</summary>
public sealed class UnhandledMessage(object message, IActorRef sender, IActorRef recipient) : AllDeadLetters(message, sender, recipient);
