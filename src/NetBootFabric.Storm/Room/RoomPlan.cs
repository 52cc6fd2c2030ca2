using NetBootFabric.Storm.Clients;
using NetBootFabric.Wire;

namespace NetBootFabric.Storm.Room;

/// <summary>Who boots, how and when. The same plan and the same answers give the same storm.</summary>
internal sealed record RoomPlan
{
    public required int Clients { get; init; }

    public required KindMix Kinds { get; init; }

    public required Arrivals Arrivals { get; init; }

    /// <summary>The first client's; the others count up from it.</summary>
    public required MacAddress FirstMac { get; init; }

    public required ulong Seed { get; init; }

    public required CourseSettings Course { get; init; }
}
