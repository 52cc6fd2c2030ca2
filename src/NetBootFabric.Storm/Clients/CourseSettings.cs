namespace NetBootFabric.Storm.Clients;

/// <summary>What the user chose for all clients.</summary>
internal sealed record CourseSettings
{
    /// <summary>REQUEST as soon as an OFFER is there, whatever the firmware would wait for.</summary>
    public bool Eager { get; init; }
}
