using NetBootFabric.AdminApi.Access;

namespace NetBootFabric.Pbm.Api;

/// <summary>Finds the token to show: what was named, what the head node on this machine has left for root, or what this user keeps.</summary>
/// <param name="named">Of --token-file.</param>
internal sealed class TokenSource(string? named)
{
    /// <summary>Larger than any token: a file that is none is not read to its end.</summary>
    private const int Longest = 4096;

    /// <returns>Null: there is none.</returns>
    public string? Find(ServerAddress server)
    {
        if ((named ?? Variable("PBM_TOKEN_FILE")) is { } file) return Read(file);
        if (Variable("PBM_TOKEN") is { } token) return token.Trim();
        if (server.IsLoopback && TryRead(TokenFile.PathOf(TokenFile.DefaultFolder, server.Uri.Port)) is { } left) return left;
        return TryRead(OwnFile);
    }

    private static string OwnFile => Path.Combine(
        Variable("XDG_CONFIG_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config"), "netboot-fabric", "token");

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static string Read(string file)
    {
        try
        {
            return ReadStart(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new AdminException($"the token can't be read: {unreadable.Message}", AdminException.Refused);
        }
    }

    private static string? TryRead(string file)
    {
        try
        {
            return ReadStart(file);
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string ReadStart(string file)
    {
        using var reader = new StreamReader(file);
        var text = new char[Longest];
        return new string(text, 0, reader.ReadBlock(text)).Trim();
    }
}
