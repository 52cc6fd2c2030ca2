using NetBootFabric.Node.Configuration;
using NetBootFabric.Storage.Postgres;
using NetBootFabric.Storage.Writing;

namespace NetBootFabric.Node.Doctor;

/// <summary>The store: whether it can be written, how far away it is, and whether its clock and ours agree.</summary>
internal sealed class DatabaseCheck(StoreOptions options, Func<StoreStatus> status, TimeProvider time) : IDoctorCheck
{
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(20);

    /// <summary>Head nodes may differ by so much before a lease could be given anew while its client has it (<c>LeaseTerms</c>).</summary>
    private static readonly TimeSpan TooFarOff = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FarOff = TimeSpan.FromSeconds(1);

    public string Name => "store";

    public IEnumerable<Finding> Look()
    {
        var now = status();
        if (now.FailingSince is { } since) yield return Finding.Broken($"can't be written since {since:HH:mm:ss} UTC: {now.LastFailure}", "clients that are known boot, new ones get no address: see to it");
        if (options.Kind == StoreKind.Sqlite)
        {
            if (now.FailingSince is null) yield return Finding.Ok($"{options.Location} can be written");
            yield break;
        }
        foreach (var each in Ask()) yield return each;
    }

    private IReadOnlyList<Finding> Ask()
    {
        try
        {
            var found = PostgresProbe.Ask(options.Location, time);
            return [Distance(found.Latency), Clock(found.Ahead)];
        }
        catch (StoreUnavailableException silent)
        {
            return [Finding.Broken($"the database does not answer: {silent.Message}", "start PostgreSQL, look at the way to it, at 'store' and at pg_hba.conf")];
        }
    }

    public static Finding Distance(TimeSpan latency) => latency > Slow
        ? Finding.Advice($"the database answers after {latency.TotalMilliseconds:0.0} ms: every new lease and every heartbeat waits as long", "give PostgreSQL its share of processor and disk, and a short way")
        : Finding.Ok($"the database answers after {latency.TotalMilliseconds:0.0} ms");

    public static Finding Clock(TimeSpan ahead)
    {
        var seen = $"this clock is {Math.Abs(ahead.TotalSeconds):0.0} s {(ahead > TimeSpan.Zero ? "behind" : "ahead of")} the database's";
        const string remedy = "have both follow one time server (chrony, systemd-timesyncd)";
        return ahead.Duration() > TooFarOff ? Finding.Broken(seen, remedy) : ahead.Duration() > FarOff ? Finding.Advice(seen, remedy) : Finding.Ok("this clock and the database's agree");
    }
}
