using System.Collections.Immutable;
using System.Net;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Access;

namespace NetBootFabric.Node.Configuration;

/// <summary>Where the admin API listens, and what it shows there.</summary>
internal sealed record AdminOptions
{
    public static readonly IPEndPoint DefaultListen = new(IPAddress.Loopback, AdminRoutes.DefaultPort);

    /// <summary>The loopback speaks plain HTTP, the others TLS.</summary>
    public ImmutableArray<IPEndPoint> Listen { get; init; } = [DefaultListen];

    /// <summary>PEM files of a certificate with its chain, and its key; null: one of its own.</summary>
    public string? Certificate { get; init; }
    public string? Key { get; init; }

    /// <summary>Where the token for root on this machine is left.</summary>
    public string TokenFolder { get; init; } = TokenFile.DefaultFolder;

    public bool Equals(AdminOptions? other) =>
        other is not null && Listen.SequenceEqual(other.Listen) && (Certificate, Key, TokenFolder) == (other.Certificate, other.Key, other.TokenFolder);

    public override int GetHashCode() => HashCode.Combine(Listen.Length, Certificate, Key, TokenFolder);
}
