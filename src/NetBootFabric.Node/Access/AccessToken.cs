using NetBootFabric.AdminApi;

namespace NetBootFabric.Node.Access;

/// <summary>Who shows the secret of <paramref name="Hash"/> may do what <paramref name="Role"/> allows.</summary>
/// <param name="Hash">Of <see cref="TokenSecret"/>.</param>
internal sealed record AccessToken(string Name, Role Role, string Hash, DateTimeOffset Made)
{
    public static string Word(Role role) => role.ToString().ToLowerInvariant();

    /// <summary>Null: read, operate and admin are the words.</summary>
    public static Role? RoleOf(string? word) => word switch
    {
        "read" => Role.Read,
        "operate" => Role.Operate,
        "admin" => Role.Admin,
        _ => null,
    };
}
