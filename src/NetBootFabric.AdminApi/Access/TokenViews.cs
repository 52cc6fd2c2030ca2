namespace NetBootFabric.AdminApi.Access;

/// <param name="Name">Letters, digits and hyphens: for whom or what the token is.</param>
/// <param name="Role">read, operate or admin.</param>
public sealed record TokenWish(string Name, string Role);

/// <param name="Token">Shown this once: the fabric keeps its hash only.</param>
public sealed record TokenMade(string Name, string Role, string Token);

/// <param name="Made">When.</param>
public sealed record TokenView(string Name, string Role, DateTimeOffset Made);

public sealed record SessionWish(string Token);

/// <summary>Who is asking, and what the token allows: read, operate or admin.</summary>
public sealed record SessionView(string Name, string Role);
