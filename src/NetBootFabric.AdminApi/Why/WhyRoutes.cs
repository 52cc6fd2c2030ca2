namespace NetBootFabric.AdminApi.Why;

/// <summary>Why clients do not boot.</summary>
public static class WhyRoutes
{
    /// <summary>GET: a <see cref="WhyReport"/> of every client that failed, is stuck or slow.</summary>
    public const string All = "/api/v1/why";

    /// <summary>GET: a <see cref="WhyView"/>.</summary>
    /// <param name="who">MAC address or name.</param>
    public static string Of(string who) => $"{AdminRoutes.Client}{Uri.EscapeDataString(who)}{Suffix}";

    public const string Suffix = "/why";
}
