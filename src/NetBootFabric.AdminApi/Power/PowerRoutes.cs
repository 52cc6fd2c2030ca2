namespace NetBootFabric.AdminApi.Power;

public static class PowerRoutes
{
    /// <summary>
    /// POST a <see cref="PowerWish"/>: switches machines, and tells of each in server-sent events: <c>machine</c>, a <see cref="PowerEvent"/>, and at the end <c>end</c>, a <see cref="PowerEnd"/>.
    /// Whoever goes away in the middle stops what has not begun; machines that are being switched are not left half-way.
    /// </summary>
    public const string Power = "/api/v1/power";

    public const string MachineEvent = "machine";
    public const string EndEvent = "end";
}
