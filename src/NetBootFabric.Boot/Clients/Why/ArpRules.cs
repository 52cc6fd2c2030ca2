namespace NetBootFabric.Boot.Clients.Why;

/// <summary>What goes wrong between the address and the first request to the boot server.</summary>
internal static class ArpRules
{
    public static Finding AddressInUse(Case it, BootFailure problem) => new(
        problem.Cause,
        it.Boot.Conflict.Length > 0 ? $"its address is in use: {it.Boot.Conflict}" : $"its address is in use by somebody else: {problem.Detail}",
        "find the other machine (arping -D, the switch's MAC table) and give it another address; this one gets a different address from the pool, or give it another 'ip'");

    public static Finding NeverAsked(Case it, BootFailure problem) => it.Boot.Conflict.Length > 0
        ? AddressInUse(it, problem with { Cause = FailureCause.AddressInUse })
        : new(problem.Cause,
            $"it was given {it.Boot.Address} and is silent since {Spans.Text(it.Silence)}: it never asked for the boot server {it.Boot.Server}",
            $"look whether it is still on, and at its console; is {it.Boot.Server} in its subnet, or 'router' right? Firmware that lacks an option it wants stops here too: pbm packets");

    public static Finding ArpUnanswered(Case it, BootFailure problem) => new(
        problem.Cause,
        $"it asked {Spans.Times(it.Boot.ArpQuestions)} by ARP for {it.Boot.Server}, and no request followed: it does not hear the answers",
        "look at its switch port, VLAN and cable, at port security and ARP inspection on the switch, and whether another machine has the boot server's address");
}
