namespace NetBootFabric.Actors.Remote.Tls;

internal sealed partial class PeerLink
{
    /// <summary>Reads and writes until either ends. Each waits for the same of the link before it, so that frames stay in order and none is delivered beside another.</summary>
    private async Task Carry(LinkConnection connection)
    {
        Task reading, writing;
        lock (_turn)
        {
            var (read, written) = (_before is null ? _reading : Task.WhenAll(_reading, _before._reading), _writing);
            _before = null;
            _reading = reading = Task.Run(() => Read(connection, read));
            _writing = writing = Task.Run(() => Write(connection, written));
        }
        await Task.WhenAny(reading, writing).ConfigureAwait(false);
        connection.Close();
        Leave(connection); // before the reader is back, which may be in a slow receiver
        await Task.WhenAll(reading, writing).ConfigureAwait(false);
    }

    private async Task Read(LinkConnection connection, Task before)
    {
        await before.ConfigureAwait(false);
        try
        {
            await connection.ReadFrames(Deliver).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The link broke, here or at the far end; that is counted where it is taken off.
        }
    }

    private void Deliver(ReadOnlySpan<byte> frame)
    {
        _house.Metrics.Received(frame.Length);
        try
        {
            _house.Received(Peer.Name, frame);
        }
        catch (Exception)
        {
            _house.Metrics.Faulted();
        }
    }

    private async Task Write(LinkConnection connection, Task before)
    {
        await before.ConfigureAwait(false);
        try
        {
            while (!connection.IsClosed)
            {
                if (_queue.TryTake(out var batch)) await Write(connection, batch).ConfigureAwait(false);
                else await _queue.Wait().WaitAsync(connection.Closing).ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // As in Read.
        }
    }

    private async Task Write(LinkConnection connection, FrameBatch batch)
    {
        try
        {
            await connection.Write(batch).ConfigureAwait(false);
            _house.Metrics.Sent(batch);
        }
        catch
        {
            _house.Metrics.Drop("link broke", batch.Frames);
            throw;
        }
        finally
        {
            _queue.Return(batch);
        }
    }
}
