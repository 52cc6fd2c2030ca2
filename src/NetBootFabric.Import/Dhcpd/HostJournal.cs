namespace NetBootFabric.Import.Dhcpd;

/// <summary>
/// What dhcpd.leases(5) says of hosts that were made while dhcpd ran (by OMAPI: Foreman, xCAT, Confluent): it is a journal, in which the
/// last entry of a name counts.
/// </summary>
internal sealed class HostJournal
{
    private readonly Dictionary<string, Statement> _last = new(StringComparer.Ordinal);

    private HostJournal() { }

    public static HostJournal Empty { get; } = new();

    /// <summary>Names that have an entry of a journal; hosts of a configuration have none.</summary>
    public static HostJournal Of(IReadOnlyList<Statement> statements)
    {
        var hosts = statements.SelectMany(each => each.Everything())
            .Where(each => each is { Keyword: "host", Body: not null } && each.Word(1).Length > 0).ToList();
        var journal = new HostJournal();
        var names = hosts.Where(IsEntry).Select(host => host.Word(1)).ToHashSet(StringComparer.Ordinal);
        foreach (var host in hosts.Where(host => names.Contains(host.Word(1)))) journal._last[host.Word(1)] = host;
        return journal;
    }

    /// <summary>Why the entry does not count any more; null: it does.</summary>
    public string? LaterThan(Statement host)
    {
        if (!_last.TryGetValue(host.Word(1), out var last)) return null;
        if (Says(last, "deleted")) return $"was deleted at line {last.Line}, and the last word of the journal counts";
        return ReferenceEquals(last, host) ? null : $"is said anew at line {last.Line}, and the last word of the journal counts";
    }

    private static bool IsEntry(Statement host) => Says(host, "dynamic") || Says(host, "deleted") || Says(host, "static");

    private static bool Says(Statement host, string keyword) => host.Body!.Any(each => each.Body is null && each.Keyword == keyword);
}
