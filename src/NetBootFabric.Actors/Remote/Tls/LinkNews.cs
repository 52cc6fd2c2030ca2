namespace NetBootFabric.Actors.Remote.Tls;

/// <summary>Tells of links that came up and broke, in that order and one at a time, outside of any lock of the teller's.</summary>
internal sealed class LinkNews(Action<string, bool> tell, LinkMetrics metrics)
{
    private readonly Queue<(string Peer, bool Up)> _news = new();
    private bool _telling;

    /// <summary>Called under the link's lock, so that the order is right.</summary>
    public void Add(string peer, bool up)
    {
        lock (_news) _news.Enqueue((peer, up));
    }

    /// <summary>Called outside of it.</summary>
    public void Tell()
    {
        while (true)
        {
            (string Peer, bool Up) item;
            lock (_news)
            {
                if (_telling || !_news.TryDequeue(out item)) return;
                _telling = true;
            }
            try
            {
                tell(item.Peer, item.Up);
            }
            catch (Exception)
            {
                metrics.Faulted();
            }
            finally
            {
                lock (_news) _telling = false;
            }
        }
    }
}
