using NetBootFabric.Storm.Room;

namespace NetBootFabric.Storm.Commands;

internal sealed record StormSettings
{
    public required string Interface { get; init; }

    public required TimeSpan Limit { get; init; }

    public required RoomPlan Plan { get; init; }

    public FileInfo? Json { get; init; }

    public FileInfo? Html { get; init; }
}
