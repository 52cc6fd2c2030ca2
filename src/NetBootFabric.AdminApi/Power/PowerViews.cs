namespace NetBootFabric.AdminApi.Power;

/// <summary>What is to be done to whom.</summary>
public sealed record PowerWish
{
    /// <summary>on, off, cycle or status.</summary>
    public required string Action { get; init; }

    /// <summary>Names, MAC addresses, ranges, @group, rack=r12, all; with commas between.</summary>
    public required string Select { get; init; }

    /// <summary>off and cycle: asks the system to shut down, and does not take the power away.</summary>
    public bool Soft { get; init; }

    /// <summary>on and cycle: the next boot is from the network, whatever the firmware's order says.</summary>
    public bool Pxe { get; init; }

    /// <summary>Between one machine's start and the next one's; null: 200 ms for more than one.</summary>
    public int? StaggerMilliseconds { get; init; }

    /// <summary>So many machines are being switched at any moment; null: 32.</summary>
    public int? AtOnce { get; init; }
}

/// <param name="Stage">started, done or failed.</param>
/// <param name="State">on, off, or unknown: as it was seen last.</param>
/// <param name="Text">What was done, or why it failed and what to do; null when started.</param>
/// <param name="Of">How many machines there are in all.</param>
public sealed record PowerEvent(string Mac, string Name, string Stage, string State, string? Text, int Of);

/// <param name="Failed">Who failed and why, by name.</param>
public sealed record PowerEnd(string Action, int Done, IReadOnlyList<PowerEvent> Failed);
