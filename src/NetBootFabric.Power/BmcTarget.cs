namespace NetBootFabric.Power;

public enum BmcProtocol { Redfish, Ipmi }

/// <summary>One machine's management controller, and how to get in.</summary>
/// <param name="Address">Redfish: host, with a port, <c>http://</c> or the path of one system where it manages several. IPMI: host, with a port.</param>
public sealed record BmcTarget(BmcProtocol Protocol, string Address, BmcLogin Login);

/// <summary>Its password is in no text that is made of it.</summary>
public sealed class BmcLogin(string user, string password, BmcTrust trust, int? cipherSuite = null)
{
    public string User => user;
    public BmcTrust Trust => trust;

    /// <summary>Of IPMI; null: ipmitool asks the controller which it has.</summary>
    public int? CipherSuite => cipherSuite;
    internal string Password => password;

    public override string ToString() => user;
}

/// <summary>Which certificates a Redfish service may show.</summary>
/// <param name="Fingerprints">As <see cref="AdminApi.Access.Fingerprint"/> writes them; empty: those that this machine's authorities vouch for.</param>
/// <param name="Anything">Any certificate: who can stand between head node and BMC can read the password.</param>
public sealed record BmcTrust(IReadOnlyList<string> Fingerprints, bool Anything)
{
    public static BmcTrust Authorities { get; } = new([], false);
    public static BmcTrust Unverified { get; } = new([], true);
}
