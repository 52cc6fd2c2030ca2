namespace NetBootFabric.Actors.Actor;

/// <summary>Something that an actor system has one of.</summary>
public interface IExtension;
