using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Admin;

/// <summary>The addresses that were given. Head nodes tell each other: each knows all of them.</summary>
internal sealed class LeasesPart(LeaseBook leases, IRoomSource rooms, TimeProvider time) : IAdminPart
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(CatalogRoutes.Leases, (bool? running) => TypedResults.Json(Rows(running ?? false), CatalogJson.Default.IReadOnlyListLeaseRow)).Needs(Role.Read);
        routes.MapDelete(CatalogRoutes.Lease + "{who}", (string who) => EndAsync(who)).Needs(Role.Operate);
    }

    private async Task<IResult> EndAsync(string who)
    {
        if (!Ipv4Address.TryParse(who, out var address) && !MacAddress.TryParse(who, out _))
            return AdminCalls.Error(StatusCodes.Status400BadRequest, $"'{who}' is neither an IPv4 address nor a MAC address; pbm leases shows both");
        var its = MacAddress.TryParse(who, out var mac) ? leases.All(mac) : [.. leases.All().Where(lease => lease.Address == address)];
        if (its.Count == 0) return AdminCalls.Error(StatusCodes.Status404NotFound, $"there is no lease of {who}; pbm leases shows all");
        var (room, now) = (rooms.Current, time.GetUtcNow());
        foreach (var lease in its)
            if (await EndAsync(lease) != LeaseCommit.Committed) return AdminCalls.Error(StatusCodes.Status503ServiceUnavailable, $"the lease of {lease.Client} on {lease.Address} could not be ended: the store can't be written now; try again");
        return TypedResults.Json([.. its.Select(lease => Row(lease, room, now) with { Running = false })], CatalogJson.Default.IReadOnlyListLeaseRow);
    }

    private Task<LeaseCommit> EndAsync(Lease lease)
    {
        var done = new TaskCompletionSource<LeaseCommit>(TaskCreationOptions.RunContinuationsAsynchronously);
        leases.Release(lease.Client, lease.Address, done.SetResult);
        return done.Task;
    }

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
