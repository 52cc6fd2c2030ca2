namespace NetBootFabric.Actors.Remote.Tls;

internal sealed partial class PeerLink
{
    private async Task KeepDialling()
    {
        try
        {
            while (!_closing.IsCancellationRequested)
            {
                if (WhileUp() is { } up) await up.WaitAsync(_closing.Token).ConfigureAwait(false);
                else await Dial().ConfigureAwait(false);
                await Task.Delay(Backoff(), _house.Options.Time, _closing.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // It is no peer any more.
        }
    }

    /// <summary>Completes when the link breaks; null when there is none.</summary>
    private Task? WhileUp()
    {
        lock (_turn) return _whileUp?.Task;
    }

    /// <summary>Returns when the attempt failed, or was not needed, or the link that it made broke.</summary>
    private async Task Dial()
    {
        var options = _house.Options;
        using var slow = new CancellationTokenSource(options.HandshakeLimit, options.Time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(slow.Token, _closing.Token);
        try
        {
            using var socket = await LinkSocket.Connect(Peer.Address, options.DeadAfter, limit.Token).ConfigureAwait(false);
            var stream = await _house.Tls.Dial(socket, Peer.Fingerprint, limit.Token).ConfigureAwait(false);
            using var connection = new LinkConnection(socket, stream);
            await Serve(connection, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Failed(slow.IsCancellationRequested ? $"no answer within {options.HandshakeLimit.TotalSeconds:0.#} s" : e.Message);
        }
    }

    private void Failed(string why)
    {
        lock (_turn)
        {
            if (_current is not null) return; // the other one's connection is the link
            _failures++;
            Problem = $"{Peer.Address}: {why}";
        }
    }

    private TimeSpan Backoff()
    {
        var options = _house.Options;
        var doubled = options.ShortestBackoff * (1 << Math.Min(Volatile.Read(ref _failures), 10));
        return doubled < options.LongestBackoff ? doubled : options.LongestBackoff;
    }
}
