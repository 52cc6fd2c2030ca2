using System.Net.Sockets;
using System.Security.Authentication;

namespace NetBootFabric.Actors.Remote.Tls;

/// <summary>Answers diallers. Until one has shown a peer's certificate it is nobody: it has little time, and is one of few, of which the oldest gives way.</summary>
internal sealed class LinkListener(Socket listener, LinkHouse house, Func<string, PeerLink?> peerWith) : IDisposable
{
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _closing = new();
    private readonly LinkedList<Socket> _strangers = new();

    public void Start() => _ = Task.Run(Accept);

    public void Dispose()
    {
        _closing.Cancel();
        listener.Dispose();
    }

    private async Task Accept()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                var socket = await listener.AcceptAsync(_closing.Token).ConfigureAwait(false);
                _ = Answer(socket);
            }
            catch (Exception) when (_closing.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException)
            {
                // Out of descriptors, most likely: it is not better at once.
                await Task.Delay(PauseAfterError, house.Options.Time).ConfigureAwait(false);
            }
        }
    }

    private async Task Answer(Socket socket)
    {
        var place = Enter(socket);
        using var slow = new CancellationTokenSource(house.Options.HandshakeLimit, house.Options.Time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(slow.Token, _closing.Token);
        try
        {
            LinkSocket.Tune(socket, house.Options.DeadAfter);
            var (stream, fingerprint) = await house.Tls.Answer(socket, shown => peerWith(shown) is not null, limit.Token).ConfigureAwait(false);
            Leave(place);
            using var connection = new LinkConnection(socket, stream);
            if (peerWith(fingerprint) is { } peer) await peer.Serve(connection, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // An end of the stream is no fault: the peer took another connection, or went.
            if (e is not EndOfStreamException && !_closing.IsCancellationRequested) house.Metrics.Refuse(slow.IsCancellationRequested ? "slow" : Reason(e));
        }
        finally
        {
            Leave(place);
            socket.Dispose();
        }
    }

    private static string Reason(Exception e) => e switch
    {
        AuthenticationException => "certificate or no TLS",
        InvalidDataException => "protocol",
        _ => "gone",
    };

    private LinkedListNode<Socket> Enter(Socket socket)
    {
        lock (_strangers)
        {
            if (_strangers.First is { } oldest && _strangers.Count >= house.Options.HandshakesAtOnce)
            {
                _strangers.RemoveFirst();
                oldest.Value.Dispose();
            }
            return _strangers.AddLast(socket);
        }
    }

    private void Leave(LinkedListNode<Socket> place)
    {
        lock (_strangers)
        {
            if (place.List is not null) _strangers.Remove(place);
        }
    }
}
