namespace NetBootFabric.Actors.Remote;

/// <summary>
/// Carries frames between the members of a cluster. Frames of one sender to one receiver arrive in the order sent, each at most once; a link that breaks loses
/// what was under way. Never blocks.
/// </summary>
public interface IRemoteTransport : IDisposable
{
    /// <summary>Frames longer than this can't be sent: 4 MiB.</summary>
    const int MaxFrame = 4 << 20;

    /// <summary>Called once. <paramref name="received"/> is called with the sender's name and a frame that is valid during the call; for one sender never twice at a time.</summary>
    void Start(RemoteReceiver received);

    /// <summary>Who may be spoken with now. Links to others are closed; links to new ones are made when they are needed and kept.</summary>
    void SetPeers(IReadOnlyCollection<RemotePeer> peers);

    /// <summary>False: it is no peer, or as many frames wait for it as may; the frame is dropped. <paramref name="frame"/> is copied.</summary>
    bool Send(string peer, ReadOnlySpan<byte> frame);

    /// <summary>True while the link to the peer is up.</summary>
    bool IsConnected(string peer);

    /// <summary>Called with the peer's name when its link came up (true) or broke (false); on any thread.</summary>
    event Action<string, bool>? LinkChanged;
}

public delegate void RemoteReceiver(string sender, ReadOnlySpan<byte> frame);

/// <param name="Name">The member's name.</param>
/// <param name="Address"><c>host:port</c>.</param>
/// <param name="Fingerprint">SHA-256 of the certificate that it must show, upper-case hexadecimal.</param>
public sealed record RemotePeer(string Name, string Address, string Fingerprint);
