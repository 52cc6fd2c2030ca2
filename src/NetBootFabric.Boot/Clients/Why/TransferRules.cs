using NetBootFabric.Boot.Events;

namespace NetBootFabric.Boot.Clients.Why;

/// <summary>Downloads that began and did not end well.</summary>
internal static class TransferRules
{
    public static Finding TimedOut(Case it, BootFailure problem) => new(
        problem.Cause,
        it.Broken is { Protocol: TransferProtocol.Http } slow
            ? $"it read {slow.Path} so slowly that the connection was given up{Amount(slow)}"
            : $"it stopped acknowledging {it.Broken?.Path ?? problem.Detail}{Amount(it.Broken)}",
        "its packets get lost, or it was switched off: look at its console, switch port and cable; a firewall between must let the transfer's ports through")
    { Evidence = it.Boot.Conflict.Length > 0 ? ["while another machine uses its address"] : [] };

    public static Finding ClientError(Case it, BootFailure problem) => it.Broken is { Protocol: TransferProtocol.Http } cut
        ? new(problem.Cause, $"the connection was cut while {cut.Path} loaded{Amount(cut)}: the client, or something between, closed it",
            "was the machine reset or switched off? Else look at firewalls and load balancers between, and at the loader's message on its console")
        : new(problem.Cause, $"it refused {problem.Detail}",
            "the words are its own loader's: out of memory or disk full (3) means too large an image for its firmware, access or options (2, 8) a loader that wants another protocol; try another 'loader' or 'transport: http'");

    public static Finding IllegalRequest(Case it, BootFailure problem) => new(
        problem.Cause, $"it asked for what TFTP here does not do: {problem.Detail}", "look what its loader is configured to do; files are served for reading only");

    public static Finding TooBusy(Case it, BootFailure problem) => new(
        problem.Cause, $"the head node had too many files or transfers open when it asked for {it.Broken?.Path ?? problem.Detail}", "nothing, it tries again by itself; if it lasts, raise netbootd's limit of open files (LimitNOFILE)");

    /// <summary>What was loaded last went no further.</summary>
    public static Finding Stalled(Case it, BootFailure problem) => it.Last switch
    {
        { Stage: TransferStage.Started or TransferStage.Progress } half => new(problem.Cause,
            $"{half.Path} stands still{Amount(half)} since {Spans.Text(it.Silence)}", "look at its console, and at its switch port and cable: the connection is there, and nothing moves"),
        { } last => new(problem.Cause,
            $"it loaded {last.Path} and asked for nothing more since {Spans.Text(it.Silence)}", "its loader went no further: look at its console for what it says; another 'loader' in its profile may do better"),
        null => new(problem.Cause, $"it is silent since {Spans.Text(it.Silence)}", "look at its console"),
    };

    private static string Amount(Download? download) => download switch
    {
        null => "",
        { Length: { } length } => $" at {Spans.Bytes(download.Bytes)} of {Spans.Bytes(length)}",
        _ => $" at {Spans.Bytes(download.Bytes)}",
    };
}
