using NetBootFabric.Boot.Rooms;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Power;

namespace NetBootFabric.Node.Power;

/// <summary>Finds the way into each node's controller: its <c>bmc</c> in the catalog, and this head node's credentials.</summary>
internal sealed class PowerKeys(PowerOptions options)
{
    /// <summary>A password and its line break.</summary>
    private const int FileLimit = 4096;

    private volatile PowerOptions _options = options;

    /// <summary>The configuration was read again.</summary>
    public void Use(PowerOptions options) => _options = options;

    public PowerMachine Machine(NodeEntry node)
    {
        var name = node.Name ?? node.Mac.ToString();
        try
        {
            return new PowerMachine(node.Mac.ToString(), name, Target(node.Bmc), null);
        }
        catch (BmcException refusal)
        {
            return new PowerMachine(node.Mac.ToString(), name, null, refusal.Message);
        }
    }

    private BmcTarget Target(NodeBmc? bmc)
    {
        if (bmc?.Address is not { } address) throw new BmcException("has no BMC: write bmc: { address, protocol, credentials } at the node, or what it has in common with others at its group");
        var name = bmc.Credentials ?? PowerOptions.DefaultCredentials;
        if (!_options.Credentials.TryGetValue(name, out var credentials))
            throw new BmcException($"the head node that was asked has no credentials '{name}': write power: {{ credentials: {{ {name}: {{ user, password_file }} }} }} in its file");
        var trust = credentials.Unverified ? BmcTrust.Unverified : credentials.Fingerprints.Length > 0 ? new BmcTrust(credentials.Fingerprints, Anything: false) : BmcTrust.Authorities;
        return new BmcTarget(bmc.Protocol == "ipmi" ? BmcProtocol.Ipmi : BmcProtocol.Redfish, address, new BmcLogin(credentials.User, Password(credentials.PasswordFile), trust, credentials.CipherSuite));
    }

    private static string Password(string file)
    {
        try
        {
            if (new FileInfo(file) is { Exists: true, Length: > FileLimit }) throw new BmcException($"{file} is longer than a password: it has one line");
            return File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new BmcException($"the password's file can't be read on the head node: {error.Message}");
        }
    }
}
