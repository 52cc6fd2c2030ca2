namespace NetBootFabric.Cluster.Tests.Allocations;

/// <summary>Octets an exchange.</summary>
internal static class DhcpBudgets
{
    public const long NewClient = 22_500;
    public const long KnownClient = 12_850;
    public const long DiscoverAgain = 1_850;
    public const long RequestAgain = 1_925;
}
