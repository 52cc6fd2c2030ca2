namespace NetBootFabric.Cluster.Tests.Allocations;

/// <summary>Octets an exchange, on the embedded engine.</summary>
internal static class DhcpBudgets
{
    public const long NewClient = 9_050;
    public const long KnownClient = 9_600;
    public const long DiscoverAgain = 1_910;
    public const long RequestAgain = 1_990;
}
