using NetBootFabric.Sockets;

namespace NetBootFabric.HttpBoot.Serving;

/// <summary>Takes connections in for one loop, within the quota.</summary>
internal sealed class Acceptance(HttpServices services, Door door, HttpLoop loop)
{
    /// <summary>Before those who are in already get their turn.</summary>
    private const int AtOnce = 32;

    /// <summary>No descriptor is free: the listeners rest until the next second, since they would be told of again at once.</summary>
    public bool IsPaused { get; private set; }

    public void Open(StreamPoll poll)
    {
        for (var i = 0; i < door.Listeners.Count; i++) _ = poll.Add(door.Listeners[i], -1 - i);
    }

    public void Close(StreamPoll poll)
    {
        if (IsPaused) return;
        foreach (var listener in door.Listeners) poll.Remove(listener);
    }

    public void Resume(StreamPoll poll)
    {
        if (!IsPaused || loop.IsDraining) return;
        IsPaused = false;
        Open(poll);
    }

    /// <param name="token">Of the listener, as <see cref="Open"/> gave it.</param>
    public void Accept(StreamPoll poll, long token)
    {
        var listener = door.Listeners[(int)(-1 - token)];
        for (var i = 0; i < AtOnce && !IsPaused; i++)
        {
            if (listener.TryAccept(out var socket, out var error)) Enter(socket);
            else if (error is Errno.EMFILE or Errno.ENFILE or Errno.ENOBUFS or Errno.ENOMEM) Pause(poll);
            else if (error == Errno.EAGAIN) return;
        }
    }

    private void Enter(StreamSocket socket)
    {
        if (!services.Quota.TryEnter(socket.PeerAddress))
        {
            HttpBootMetrics.RefuseConnection();
            socket.Close();
            return;
        }
        HttpBootMetrics.Connections.Add(1);
        var taker = door.LoopFor(loop);
        if (taker == loop) loop.Add(socket);
        else taker.Adopt(socket);
    }

    private void Pause(StreamPoll poll)
    {
        HttpBootMetrics.RefuseConnection();
        Close(poll);
        IsPaused = true;
    }
}
