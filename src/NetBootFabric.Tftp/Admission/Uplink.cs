using NetBootFabric.Boot.Storms;

namespace NetBootFabric.Tftp.Admission;

/// <summary>What the transfers of all workers share.</summary>
/// <param name="WindowLimit">Most blocks of a window.</param>
internal sealed record Uplink(SlotLimits Slots, TransferGovernor Governor, IRacks Racks, UplinkMeter Meter, int WindowLimit);
