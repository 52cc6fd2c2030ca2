using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;

namespace NetBootFabric.Node.Admin;

/// <summary>The addresses that were given. Head nodes tell each other: each knows all of them.</summary>
internal sealed class LeasesPart(LeaseBook leases, IRoomSource rooms, TimeProvider time) : IAdminPart
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(CatalogRoutes.Leases, (bool? running) => TypedResults.Json(Rows(running ?? false), CatalogJson.Default.IReadOnlyListLeaseRow)).Needs(Role.Read);

    private IReadOnlyList<LeaseRow> Rows(bool running)
    {
        var (room, now) = (rooms.Current, time.GetUtcNow());
        return [.. leases.All().Where(lease => !running || lease.IsRunning(now)).OrderBy(lease => lease.Address).Select(lease => Row(lease, room, now))];
    }

    private static LeaseRow Row(Lease lease, Room room, DateTimeOffset now) => new()
    {
        Address = lease.Address.ToString(),
        Mac = lease.Client.ToString(),
        Name = room.NodeOf(lease.Client)?.Name ?? (lease.HostName.Length > 0 ? lease.HostName : null),
        ExpiresAt = lease.ExpiresAt,
        Running = lease.IsRunning(now),
        Fixed = room.FixedAddresses.ContainsKey(lease.Address),
    };
}
