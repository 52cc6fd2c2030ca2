namespace NetBootFabric.Boot.Clients.Why;

/// <summary>What goes wrong before a client has its address.</summary>
internal static class DhcpRules
{
    public static Finding PoolExhausted(Case it, BootFailure problem) => new(
        problem.Cause,
        $"{Unanswered(it)}: no free address; {problem.Detail}",
        "widen 'range' of that subnet, shorten its 'lease', or let machines that are gone give theirs back; pbm status shows the pools");

    public static Finding UnknownClient(Case it, BootFailure problem) => problem.Step == BootStep.Dhcp
        ? new(problem.Cause, $"{Unanswered(it)}: no node entry names {it.Facts.State.Mac}, and {problem.Detail}",
            $"add it (pbm node add {it.Facts.State.Mac} …), or write 'unknown: allow' for its subnet")
        : new(problem.Cause, $"it asked for {it.Broken?.Path ?? problem.Detail} from an address that the fabric gave to nobody",
            "let it get its address from the fabric, or name it with that 'ip' in a node entry");

    public static Finding NoProfile(Case it, BootFailure problem) => new(
        problem.Cause,
        it.Node?.Profile is { } named ? $"{Unanswered(it)}: its node entry names the profile '{named}', which is not there" : $"{Unanswered(it)}: no profile is named for it, and there is none called '{problem.Detail}'",
        $"add the profile '{problem.Detail}', or name another one in its node entry or group");

    public static Finding WrongFirmware(Case it, BootFailure problem) => new(
        problem.Cause,
        $"{Unanswered(it)}: no loader is made for its firmware, {problem.Detail}",
        "name a boot file by hand in its profile ('boot_file'), or set its firmware to BIOS, 64-bit UEFI or UEFI HTTP boot");

    public static Finding NoBootFile(Case it, BootFailure problem) => new(
        problem.Cause,
        $"{Unanswered(it)}: nothing to boot for its firmware with the profile '{it.Profile?.Name}'",
        "look at the profile ('loader', 'kernel'), and at the loaders that pbm status misses");

    public static Finding NoSubnet(Case it, BootFailure problem) => new(
        problem.Cause,
        $"no answer: none of the configured subnets is the one it asks from; {problem.Detail}",
        "add that network to 'subnets', or correct the relay agent's address (giaddr, option 82)");

    public static Finding StoreUnavailable(Case it, BootFailure problem) => it.Facts.StoreWorks && it.Boot.Exchanges == 0 && it.Boot.Trouble is null && it.Boot.Failure is null
        ? new(problem.Cause, $"{Unanswered(it)} yet", "wait for its next DISCOVER; when none is answered, look at pbm status: is the head node overloaded, is its store slow?")
        : new(problem.Cause, $"no ACK: leases can't be written; {problem.Detail}",
            "look at pbm status and netbootd's log: is the store's folder full, read-only or gone, is the database reachable? Clients with a running lease boot meanwhile");

    /// <summary>An OFFER that nobody answers was lost, or another server's was taken.</summary>
    public static Finding NoRequest(Case it, BootFailure problem)
    {
        var offers = $"OFFER sent {Spans.Times(it.Boot.OffersUnanswered)}, no REQUEST";
        if (it.Facts.OtherAnswer is { } other && other.At >= it.Boot.StartedAt) return Elsewhere(it, other.Server.ToString(), offers);
        var relay = it.Facts.State.Attributes.Relay;
        return new(problem.Cause, offers, relay.IsAny
            ? "the OFFERs do not reach it, or it does not like them: look at its console, at the VLAN and the port security of its switch port (DHCP snooping must trust the head node's port); pbm packets shows them"
            : $"the OFFERs do not come back through the relay agent {relay}: does it forward replies, has the head node a route to it? pbm packets shows them");
    }

    public static Finding OtherServer(Case it, BootFailure problem) =>
        Elsewhere(it, problem.Detail, it.Boot.OffersUnanswered > 0 ? $"OFFER sent {Spans.Times(it.Boot.OffersUnanswered)}, no REQUEST" : "no REQUEST to us");

    private static Finding Elsewhere(Case it, string server, string offers)
    {
        var seen = it.Facts.OtherServers.FirstOrDefault(each => each.Address.ToString() == server);
        return new(FailureCause.OtherServerSelected, $"{offers}: another DHCP server answered ({server})",
            "turn that server off, let it ignore these machines or point its next-server here; or write 'proxy: true' and let it give the addresses")
        {
            Evidence = seen is null ? [] : [$"{seen.Address}{(seen.Mac is { } mac ? $" ({mac})" : "")} on {seen.Interface}: {Spans.Count(seen.Answers, "answer")} heard, chosen {Spans.Times(seen.Chosen)}, first {Spans.Text(it.Now - seen.FirstHeard)} ago"],
        };
    }

    public static Finding NotOnRecord(Case it, BootFailure problem) => new(
        problem.Cause,
        $"no answer: it asks to keep {problem.Detail} and names no server (INIT-REBOOT), and nothing is known here of that address",
        "nothing, it sends a DISCOVER when it gets no answer; if it never does, its DHCP client leaves option 54 out of its REQUESTs: pbm packets shows them");

    public static Finding Unintelligible(Case it, BootFailure problem) => new(
        problem.Cause, $"no answer: it sent a {problem.Detail}", "look at its packets (pbm packets) and for an update of its firmware or DHCP client");

    private static string Unanswered(Case it) => it.Boot.Discovers > 0 ? $"{it.Boot.Discovers} DISCOVER, no OFFER" : "no OFFER";
}
