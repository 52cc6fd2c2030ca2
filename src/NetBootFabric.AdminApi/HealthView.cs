namespace NetBootFabric.AdminApi;

/// <summary>How a head node is, for whoever watches over it: no names, no addresses, nothing of its clients.</summary>
/// <param name="Status">Of the worst check: <c>healthy</c>, <c>degraded</c> (serves, with something to look at) or <c>unhealthy</c>.</param>
public sealed record HealthView(string Status, IReadOnlyList<HealthCheckView> Checks);

/// <param name="Name"><c>actors</c>, <c>cluster</c>, <c>listeners</c>, <c>serving</c> or <c>store</c>.</param>
/// <param name="Status">As of <see cref="HealthView"/>.</param>
/// <param name="Says">What is the matter; null: nothing.</param>
public sealed record HealthCheckView(string Name, string Status, string? Says);
