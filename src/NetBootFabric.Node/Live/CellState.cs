using NetBootFabric.AdminApi.Live;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Live;

/// <summary>What of a client's state its cell shows: compared each second, so it allocates nothing.</summary>
internal readonly record struct CellState(int Phase, BootStep? Step, long Since, string? Note)
{
    public const int NeverHeard = -1;

    public static CellState Of(ClientState? client) => client?.Current is not { Phases.IsDefaultOrEmpty: false } boot
        ? new CellState(NeverHeard, null, 0, null)
        : new CellState((int)boot.Phase, boot.Phase == BootPhase.Failed ? boot.Failure?.Step : null, boot.Phases[^1].At.ToUnixTimeSeconds(), NoteOf(boot));

    private static string? NoteOf(BootRecord boot) => boot switch
    {
        { HasEnded: true } => null,
        { ToDisk: true } => "disk",
        { Held: true } => "held",
        { AwaitsTurn: true } => "turn",
        { Boots: false } => "lease",
        _ => null,
    };

    public RoomCell Cell(Room room, MacAddress mac)
    {
        var node = room.NodeOf(mac);
        return new RoomCell(mac.ToString(), TargetResolution.NameOf(node, mac), node?.Group, node?.Variables.GetValueOrDefault(NodeEntry.RackVariable), Phase, Step?.ToString(), Since, Note);
    }
}
