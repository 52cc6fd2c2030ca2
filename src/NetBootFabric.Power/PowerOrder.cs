namespace NetBootFabric.Power;

public enum PowerAction { On, Off, Cycle, Status }

public enum PowerState { Unknown, On, Off }

/// <summary>What is to be done to each machine.</summary>
/// <param name="Soft">Off and cycle: the system is asked to shut down.</param>
/// <param name="Pxe">On and cycle: the next boot is from the network.</param>
public sealed record PowerOrder(PowerAction Action, bool Soft = false, bool Pxe = false);
