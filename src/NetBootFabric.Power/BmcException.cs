namespace NetBootFabric.Power;

/// <summary>A machine could not be switched; the message says why and what to do.</summary>
public sealed class BmcException(string message, Exception? inner = null) : Exception(message, inner);
