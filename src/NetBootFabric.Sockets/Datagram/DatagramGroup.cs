namespace NetBootFabric.Sockets;

/// <summary>Sockets that one thread receives from: it asks each without waiting, and waits here when none had anything.</summary>
public sealed class DatagramGroup
{
    private readonly NativeSocket[] _sockets;

    /// <param name="sockets">1 to 16.</param>
    public DatagramGroup(params ReadOnlySpan<DatagramSocket> sockets)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sockets.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sockets.Length, NativeSocket.MostTogether);
        _sockets = new NativeSocket[sockets.Length];
        for (var i = 0; i < sockets.Length; i++) _sockets[i] = sockets[i].Native;
    }

    /// <summary>Returns when a socket may have something to receive, after a <see cref="Wake"/>, when one is closed, or after the time-out, which may be infinite.</summary>
    public void Wait(TimeSpan timeout) => NativeSocket.WaitReadable(_sockets, timeout);

    /// <summary>Ends the wait, or the next one when none is going on. Any thread may call it.</summary>
    public void Wake() => _sockets[0].Wake();
}
