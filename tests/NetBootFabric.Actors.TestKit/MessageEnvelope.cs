namespace NetBootFabric.Actors.TestKit;

/// <summary>A message that a test actor got, and who sent it.</summary>
public sealed record MessageEnvelope(object Message, IActorRef Sender);
