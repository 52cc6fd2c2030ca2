using NetBootFabric.AdminApi.Storms;
using NetBootFabric.Boot.Storms;

namespace NetBootFabric.Node.Wiring;

internal sealed partial class HeadNode
{
    private readonly UplinkMeter _uplink;
    private readonly BootTurns _turns;
    private readonly RoomRacks _racks;

    /// <summary>Requests for files that wait for room on the uplink.</summary>
    private int HeldTransfers => (_tftp?.Held ?? 0) + (_http?.Held ?? 0);

    private bool UplinkIsFull => _tftp is { IsFull: true } || _http is { IsFull: true };

    private UplinkView Uplink() =>
        new(_options.Node, _uplink.Rate, _uplink.Backlog, Transfers, HeldTransfers, _turns.Waiting, _uplink.TimeLeft is { } left ? Math.Round(left.TotalSeconds, 1) : null);
}
