namespace NetBootFabric.Power.Redfish;

/// <summary>Which ResetType does what is wanted, among those that a service offers.</summary>
internal static class ResetKind
{
    /// <param name="offered">Empty: the service does not say; the usual one is tried.</param>
    public static string? Of(PowerAction action, bool soft, IReadOnlyList<string> offered)
    {
        string[] wanted = (action, soft) switch
        {
            (PowerAction.On, _) => ["On", "ForceOn"],
            (PowerAction.Off, true) => ["GracefulShutdown"],
            (PowerAction.Off, false) => ["ForceOff"],
            // Taking the power away clears what a mere reset leaves hanging; a graceful restart may never come.
            _ => ["PowerCycle", "ForceRestart", "FullPowerCycle"],
        };
        return offered.Count == 0 ? (action == PowerAction.Cycle ? "ForceRestart" : wanted[0]) : wanted.FirstOrDefault(offered.Contains);
    }
}
