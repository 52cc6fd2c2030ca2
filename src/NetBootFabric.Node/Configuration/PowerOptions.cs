using System.Collections.Frozen;
using System.Collections.Immutable;

namespace NetBootFabric.Node.Configuration;

/// <summary>How this head node gets into machines' management controllers.</summary>
/// <param name="Credentials">By the name that nodes and groups give in <c>bmc: { credentials }</c>.</param>
internal sealed record PowerOptions(FrozenDictionary<string, PowerCredentials> Credentials)
{
    /// <summary>What counts for nodes that name none.</summary>
    public const string DefaultCredentials = "default";

    public static PowerOptions None { get; } = new(FrozenDictionary<string, PowerCredentials>.Empty);
}

/// <param name="PasswordFile">Read each time, so that a new password needs no reload.</param>
/// <param name="Fingerprints">Of the keys that Redfish services may show; empty: this machine's authorities vouch.</param>
/// <param name="Unverified">Any certificate will do.</param>
/// <param name="CipherSuite">Of IPMI, where ipmitool's own choice does not work.</param>
internal sealed record PowerCredentials(string User, string PasswordFile, ImmutableArray<string> Fingerprints, bool Unverified, int? CipherSuite);
