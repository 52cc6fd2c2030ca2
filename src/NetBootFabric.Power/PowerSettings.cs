namespace NetBootFabric.Power;

/// <summary>How patient we are with controllers, which are slow computers.</summary>
public sealed record PowerSettings
{
    /// <summary>One request.</summary>
    public TimeSpan Request { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Until the machine is in the state that was asked for. Some take half a minute to let go of the power.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>The same, where the system shuts itself down.</summary>
    public TimeSpan Shutdown { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Between two looks, and before the first try again; the second waits twice as long.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a request is made that was not heard, or met a controller that is busy.</summary>
    public int Tries { get; init; } = 4;

    /// <summary>The program for IPMI.</summary>
    public string Ipmitool { get; init; } = "ipmitool";
}
