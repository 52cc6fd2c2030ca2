namespace NetBootFabric.Tftp.Admission;

/// <summary>What a transfer wants to send.</summary>
/// <param name="Octets">Of each packet, on the wire.</param>
/// <param name="Bound">Within which this client's ACKs usually come; zero when that is not known.</param>
/// <param name="IsWhole">With these the client has what it acknowledges; more of the window is to follow otherwise.</param>
internal readonly record struct Departure(int Packets, int Octets, TimeSpan Bound, DepartureKind Kind, bool IsWhole);

internal enum DepartureKind
{
    First,

    /// <summary>The next part of a window.</summary>
    More,

    /// <summary>Was sent before.</summary>
    Again,
}
