namespace NetBootFabric.AdminApi.Doctor;

public static class DoctorRoutes
{
    /// <summary>GET: every head node looks at its host and network, which takes some seconds: a <see cref="DoctorView"/>. Between head nodes: a <see cref="HeadDoctor"/>, at once.</summary>
    public const string Doctor = "/api/v1/doctor";

    public const string Ok = "ok";

    /// <summary>Clients boot, but a room of this size, or a bad day, wants it otherwise.</summary>
    public const string Advice = "advice";

    /// <summary>Some or all clients can't boot.</summary>
    public const string Broken = "broken";
}

public sealed record DoctorView(IReadOnlyList<HeadDoctor> Heads);

public sealed record HeadDoctor
{
    public required string Node { get; init; }

    /// <summary>It still looks; the findings are of none yet.</summary>
    public bool Running { get; init; }
    public DateTimeOffset At { get; init; }
    public IReadOnlyList<FindingView> Findings { get; init; } = [];
}

/// <param name="Check">What was looked at: interface, DHCP servers, files …</param>
/// <param name="State">ok, advice or broken.</param>
/// <param name="Seen">What was seen.</param>
/// <param name="Remedy">What to do; null: nothing.</param>
public sealed record FindingView(string Check, string State, string Seen, string? Remedy);
