namespace NetBootFabric.AdminApi;

/// <summary>Paths of the admin API. Each head node answers for the whole fabric, save <see cref="Status"/> and <see cref="Reload"/>, which are its own. Bodies are JSON with camelCase names; <see cref="Watch"/> is a stream of server-sent events.</summary>
public static class AdminRoutes
{
    public const int DefaultPort = 9110;
    public const string Status = "/api/v1/status";

    /// <summary>For Prometheus, in its text format; of the head node that is asked.</summary>
    public const string Metrics = "/metrics";

    /// <summary>GET, all or some: <c>?phase=</c>, <c>?group=</c> (with the groups in it), <c>?rack=</c>, <c>?olderThan=5m</c> (in its phase for longer); <c>?sort=</c> name, phase, age, address, group, rack or loaded.</summary>
    public const string Clients = "/api/v1/clients";

    /// <summary>MAC or name goes behind it.</summary>
    public const string Client = "/api/v1/clients/";

    /// <summary>Events: each <c>data:</c> is a <see cref="WatchEvent"/>. The current state of each client of the head node that was asked first when <c>?all=true</c>.</summary>
    public const string Watch = "/api/v1/watch";

    public const string Cluster = "/api/v1/cluster";
    public const string Shards = "/api/v1/shards";

    /// <summary>POST: the head node named behind it gives its clients away and leaves.</summary>
    public const string Leave = "/api/v1/cluster/leave/";

    /// <summary>GET: which head node leads the cluster of the actor systems.</summary>
    public const string Leader = "/api/v1/cluster/leader";

    /// <summary>GET: the regions of each kind of sharded actor, and what their shards hold.</summary>
    public const string Regions = "/api/v1/sharding/regions";

    /// <summary>GET: the actors of the head node that is asked, from <c>?start=</c> on, <c>?depth=</c> levels of them.</summary>
    public const string Actors = "/api/v1/actors";

    /// <summary>POST: reads the configuration again.</summary>
    public const string Reload = "/api/v1/reload";

    /// <summary>GET, without a token: 200 unless this head node is to be restarted, then 503.</summary>
    public const string Live = "/healthz/live";

    /// <summary>GET, without a token: 200 while this head node serves clients, else 503.</summary>
    public const string Ready = "/healthz/ready";
}

/// <summary>A client entered a phase.</summary>
public sealed record WatchEvent(DateTimeOffset At, ClientSummary Client);

/// <summary>What went wrong with a call: a sentence that says what to do.</summary>
/// <param name="Mistakes">Each one, when there may be several.</param>
public sealed record ApiError(string Error, IReadOnlyList<string>? Mistakes = null);

public sealed record ReloadResult(bool Applied, IReadOnlyList<string> Mistakes, IReadOnlyList<string> Warnings);
