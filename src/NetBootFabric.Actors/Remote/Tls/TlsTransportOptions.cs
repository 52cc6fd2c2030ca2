namespace NetBootFabric.Actors.Remote.Tls;

/// <summary>How a <see cref="TlsTransport"/> listens and what it allows.</summary>
public sealed record TlsTransportOptions
{
    /// <summary>This member's name, the one that its peers know it by.</summary>
    public required string Name { get; init; }

    /// <summary><c>host:port</c>; port 0 takes a free one.</summary>
    public required string Listen { get; init; }

    /// <summary>Stays the caller's to dispose, after the transport.</summary>
    public required NodeCertificate Certificate { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Octets that may wait for one peer; more are refused.</summary>
    public int SendQueueBytes { get; init; } = 16 << 20;

    /// <summary>From the connection to the agreement that it is the link; whoever takes longer is hung up on.</summary>
    public TimeSpan HandshakeLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Diallers that may be in their handshake at once; one more and the oldest gives way.</summary>
    public int HandshakesAtOnce { get; init; } = 64;

    /// <summary>A link whose far end acknowledges nothing, or takes nothing in, for so long is broken. Whole seconds: the kernel counts idle links in these.</summary>
    public TimeSpan DeadAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Between one attempt to reach a peer and the next: this, doubled each time, up to <see cref="LongestBackoff"/>.</summary>
    public TimeSpan ShortestBackoff { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan LongestBackoff { get; init; } = TimeSpan.FromSeconds(2);
}
