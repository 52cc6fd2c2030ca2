using NetBootFabric.Boot.Content;

namespace NetBootFabric.HttpBoot.Serving;

/// <summary>Content that is being found. Usually it is there at once; what has to ask others ends on another thread, and the connection is told.</summary>
internal sealed class Opening
{
    private readonly Lock _lock = new();
    private ContentResult? _result;
    private bool _isEnded, _isAbandoned;

    /// <summary>Null: <paramref name="result"/> is there; it is null when finding it failed in a way that nobody foresaw.</summary>
    public static Opening? Begin(IBootContent content, ContentRequest request, HttpConnection connection, out ContentResult? result)
    {
        result = null;
        try
        {
            var found = content.OpenAsync(request, connection.Loop.Stopping);
            if (!found.IsCompleted) return Await(found, connection);
            result = found.GetAwaiter().GetResult();
        }
        catch (Exception)
        {
            // The client is told, and the operator by the transfer's failure.
        }
        return null;
    }

    private static Opening Await(ValueTask<ContentResult> found, HttpConnection connection)
    {
        var opening = new Opening();
        _ = opening.AwaitAsync(found, connection);
        return opening;
    }

    /// <summary>False: it is still being found.</summary>
    /// <param name="result">As for <see cref="Begin"/>.</param>
    public bool TryTake(out ContentResult? result)
    {
        lock (_lock)
        {
            result = _result;
            return _isEnded;
        }
    }

    /// <summary>Nobody wants it any more.</summary>
    public void Abandon()
    {
        lock (_lock)
        {
            _isAbandoned = true;
            if (_isEnded) _result?.Content?.Dispose();
        }
    }

    private async Task AwaitAsync(ValueTask<ContentResult> found, HttpConnection connection)
    {
        try
        {
            End(await found.ConfigureAwait(false));
        }
        catch (Exception)
        {
            End(null);
        }
        connection.Opened();
    }

    private void End(ContentResult? result)
    {
        lock (_lock)
        {
            (_result, _isEnded) = (result, true);
            if (_isAbandoned) result?.Content?.Dispose();
        }
    }
}
