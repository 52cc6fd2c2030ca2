using System.Text.Json.Serialization;

namespace NetBootFabric.AdminApi.Live;

public static class RoomRoutes
{
    /// <summary>GET: a <see cref="RoomView"/>, every client of all head nodes in a line.</summary>
    public const string Room = "/api/v1/room";

    /// <summary>
    /// Server-sent events. <c>room</c>: a <see cref="RoomView"/>, everything anew. <c>delta</c>: a <see cref="RoomDelta"/>, each second. <c>storm</c>: a <see cref="Storms.StormView"/>. <c>cluster</c>: a
    /// <see cref="ClusterView"/>. Begins with <c>room</c>, unless Last-Event-ID, or <c>?after=</c>, has the id of a state that is not too old: then with what came after it. Who does not read for
    /// ten seconds is cut off.
    /// </summary>
    public const string Stream = "/api/v1/room/stream";
}

/// <param name="Id">Of this state, for <c>?after=</c>.</param>
public sealed record RoomView(string Id, DateTimeOffset At, IReadOnlyList<RoomCell> Cells);

/// <param name="Id">Of the state after it.</param>
/// <param name="Cells">Those that are new or have changed.</param>
/// <param name="Gone">MAC addresses.</param>
public sealed record RoomDelta(string Id, DateTimeOffset At, IReadOnlyList<RoomCell> Cells, IReadOnlyList<string> Gone);

/// <summary>A client in the room, in JSON an array of these in this order: thousands of them go over the wire.</summary>
/// <param name="Phase">Its phase's place in the order of a boot, 0 Discovering to 8 Booted, 9 Failed; -1: never heard of.</param>
/// <param name="Step">Where it failed: Dhcp, Arp, Tftp, Http or Kernel.</param>
/// <param name="Since">When it entered this phase, in seconds since 1970; 0: never.</param>
/// <param name="Note">disk: it starts from its disk, nothing more is awaited; lease: it wants an address only; held: it waits for the operator; turn: it waits for its turn to load; null: it boots.</param>
[JsonConverter(typeof(RoomCellJson))]
public sealed record RoomCell(string Mac, string Name, string? Group, string? Rack, int Phase, string? Step, long Since, string? Note);
