namespace NetBootFabric.Sockets;

/// <summary>A socket could not be set up. The message says what to do about it. Thrown while opening only, never by a packet.</summary>
public sealed class SocketSetupException(string message, Errno error) : Exception(message)
{
    public Errno Error { get; } = error;
}
