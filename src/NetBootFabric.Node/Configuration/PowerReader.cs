using System.Collections.Frozen;
using System.Collections.Immutable;
using NetBootFabric.AdminApi.Access;
using NetBootFabric.Node.Catalog;
using NetBootFabric.Node.Configuration.Yaml;

namespace NetBootFabric.Node.Configuration;

/// <summary>The group <c>power</c>: users, and the files that have their passwords.</summary>
internal sealed class PowerReader(Mistakes mistakes, Values values)
{
    private const string Unverified = "unverified";

    /// <param name="checkFiles">Whether files that can't be read are warned of.</param>
    public PowerOptions Read(YamlValue? value, bool checkFiles)
    {
        var group = Group.Of(value, "'power'", mistakes, "credentials");
        if (group?["credentials"] is not { } credentials) return PowerOptions.None;
        if (credentials is not YamlMap map)
        {
            mistakes.WrongKind(credentials, "'credentials'", "write credentials: { NAME: { user: root, password_file: /etc/netboot-fabric/bmc.password } }");
            return PowerOptions.None;
        }
        var entries = new Dictionary<string, PowerCredentials>(StringComparer.Ordinal);
        foreach (var (key, entry) in map.Entries)
        {
            if (!CatalogRules.IsEntryName(key.Text)) mistakes.Add(key.At, $"'{key.Text}' is no name of credentials", "write letters, digits, - . and _, like room1");
            else if (entry is YamlScalar { IsEmpty: true }) mistakes.Add(key.At, $"'{key.Text}' has no value", "write { user: root, password_file: /etc/netboot-fabric/bmc.password }");
            else if (Entry(entry, checkFiles) is { } read && !entries.TryAdd(key.Text, read)) mistakes.Add(key.At, $"'{key.Text}' is here twice", "keep one of them");
        }
        return new PowerOptions(entries.ToFrozenDictionary(StringComparer.Ordinal));
    }

    private PowerCredentials? Entry(YamlValue value, bool checkFiles)
    {
        var group = Group.Of(value, "credentials", mistakes, "user", "password_file", "certificate", "cipher_suite");
        if (group is null) return null;
        var user = values.Text(group.Required("user", "root"), "user") ?? "";
        var file = values.Text(group.Required("password_file", "/etc/netboot-fabric/bmc.password"), "password_file") ?? "";
        if (user.Any(char.IsControl)) mistakes.Add(group["user"]!.At, "'user' holds a control character", "write it as printable text");
        if (checkFiles && file.Length > 0) Look(file, group["password_file"]!.At);
        var (fingerprints, unverified) = Certificate(group["certificate"]);
        return new PowerCredentials(user, file, fingerprints, unverified, values.Whole(group["cipher_suite"], "cipher_suite", 0, 17));
    }

    private (ImmutableArray<string> Fingerprints, bool Unverified) Certificate(YamlValue? value)
    {
        if (value is YamlScalar { Text: Unverified })
        {
            mistakes.Warn(value.At, "certificates of BMCs are not verified: who stands between them and this head node can read the password", "write their fingerprints: pbm power status NODE without this line shows them");
            return ([], true);
        }
        var fingerprints = new List<string>();
        foreach (var item in values.Items(value, "certificate"))
        {
            if (values.Text(item, "certificate") is not { } text) continue;
            if (Fingerprint.IsOne(text)) fingerprints.Add(text);
            else mistakes.Add(item.At, $"'{text}' is no fingerprint", $"write \"SHA256:…\" as pbm power status NODE shows it, a list of those, or {Unverified}");
        }
        return ([.. fingerprints], false);
    }

    private void Look(string file, Position at)
    {
        try
        {
            using var opened = File.OpenRead(file);
            if (OperatingSystem.IsLinux() && (File.GetUnixFileMode(opened.SafeFileHandle) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != 0)
                mistakes.Warn(at, $"everybody on this machine can read {file}", $"chmod 600 {file}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            mistakes.Warn(at, $"{file} can't be read", "put the password there, one line, readable for the user that netbootd runs as");
        }
    }
}
