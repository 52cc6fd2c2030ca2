using Microsoft.Extensions.Logging;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Wire;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace NetBootFabric.Node.Logging;

/// <summary>Every line that netbootd logs, with its unique event id. Hundreds: 1 start and stop, 2 configuration, 3 clients, 4 servers, 5 host, 6 cluster, 7 access, 8 power, 9 logs and traces.</summary>
internal static partial class NodeLog
{
    [LoggerMessage(100, LogLevel.Information, "{Node} starts: netbootd {Version}, {Engine} actors, store {Store}")]
    public static partial void Starting(this ILogger log, string node, string version, string engine, string store);

    [LoggerMessage(101, LogLevel.Information, "ready after {Milliseconds} ms: {Leases} pool addresses leased, {Clients} clients known")]
    public static partial void Ready(this ILogger log, long milliseconds, int leases, int clients);

    [LoggerMessage(102, LogLevel.Information, "stopping: no new clients; running transfers ({Transfers}) get {Seconds} s to end")]
    public static partial void Draining(this ILogger log, int transfers, int seconds);

    [LoggerMessage(103, LogLevel.Information, "stopped")]
    public static partial void Stopped(this ILogger log);

    [LoggerMessage(104, LogLevel.Critical, "can't start: {Reason}")]
    public static partial void CantStart(this ILogger log, string reason);

    [LoggerMessage(200, LogLevel.Information, "{File} is in force: {Subnets} subnets")]
    public static partial void Applied(this ILogger log, string file, int subnets);

    [LoggerMessage(201, LogLevel.Error, "{File} is not applied, the running configuration stays: {Mistake}")]
    public static partial void NotApplied(this ILogger log, string file, string mistake);

    [LoggerMessage(202, LogLevel.Warning, "{Warning}")]
    public static partial void ConfigurationWarning(this ILogger log, string warning);

    [LoggerMessage(203, LogLevel.Warning, "{Key} was changed in {File}: takes effect at the next start")]
    public static partial void NeedsRestart(this ILogger log, string key, string file);

    [LoggerMessage(204, LogLevel.Information, "catalog at revision {Revision}: {Nodes} nodes, {Groups} groups, {Profiles} profiles")]
    public static partial void CatalogLoaded(this ILogger log, long revision, int nodes, int groups, int profiles);

    [LoggerMessage(300, LogLevel.Information, "{Client} {Mac} {Phase} {Address}")]
    public static partial void Phase(this ILogger log, ClientName client, MacAddress mac, BootPhase phase, Ipv4Address address);

    [LoggerMessage(301, LogLevel.Warning, "{Client} {Mac} failed at {Step}: {Cause} {Detail}")]
    public static partial void BootFailed(this ILogger log, ClientName client, MacAddress mac, BootStep step, FailureCause cause, string detail);

    [LoggerMessage(400, LogLevel.Information, "{Protocol} on {Where}")]
    public static partial void Listening(this ILogger log, string protocol, string where);

    [LoggerMessage(401, LogLevel.Error, "the store can't be written: {Reason}. Clients with a running lease still boot; new leases wait")]
    public static partial void StoreFails(this ILogger log, string reason);

    [LoggerMessage(408, LogLevel.Error, "{Trouble}")]
    public static partial void ClockTrouble(this ILogger log, string trouble);

    [LoggerMessage(402, LogLevel.Information, "the store can be written again")]
    public static partial void StoreWorks(this ILogger log);

    [LoggerMessage(406, LogLevel.Warning, "the history of boots can't be read or written: {Reason}. Boots go on; what comes of them is kept in memory until it can be written")]
    public static partial void HistoryFails(this ILogger log, string reason);

    [LoggerMessage(405, LogLevel.Information, "the history of boots can be read and written again")]
    public static partial void HistoryWorks(this ILogger log);

    [LoggerMessage(407, LogLevel.Information, "the history that an earlier release wrote is carried over: {Boots} boots of {Clients} clients; of {Damaged} clients it can't be read as a whole, and stays in the store")]
    public static partial void HistoryCarriedOver(this ILogger log, int clients, int boots, int damaged);

    [LoggerMessage(403, LogLevel.Error, "{Protocol}: {Count} packets met a mistake in netbootd itself and were dropped; the latest is below")]
    public static partial void ServerFaults(this ILogger log, string protocol, long count, Exception? latest);

    [LoggerMessage(600, LogLevel.Information, "{Shards} shards are this node's now, {Orphans} of them of a head node that is gone or none")]
    public static partial void ShardsTaken(this ILogger log, int shards, int orphans);

    [LoggerMessage(601, LogLevel.Information, "{Shards} shards are no longer this node's")]
    public static partial void ShardsLost(this ILogger log, int shards);

    [LoggerMessage(602, LogLevel.Information, "{Member} is {Status}")]
    public static partial void MemberChanged(this ILogger log, string member, string status);

    [LoggerMessage(603, LogLevel.Warning, "{Trouble}")]
    public static partial void ClusterTrouble(this ILogger log, string trouble);

    [LoggerMessage(604, LogLevel.Information, "serves on {Address}")]
    public static partial void AddressHeld(this ILogger log, string address);

    [LoggerMessage(605, LogLevel.Information, "serves on {Address} no longer")]
    public static partial void AddressGiven(this ILogger log, string address);

    [LoggerMessage(900, LogLevel.Warning, "{Count} more lines of {Event} were left out within a second; pbm shows what is going on")]
    public static partial void LinesLeftOut(this ILogger log, int count, string @event);

    [LoggerMessage(901, LogLevel.Warning, "{Collector} takes no traces: boots are not traced until it does")]
    public static partial void TracesFail(this ILogger log, string collector);

    [LoggerMessage(902, LogLevel.Information, "{Collector} takes traces again; {Spans} spans were lost, or more")]
    public static partial void TracesWork(this ILogger log, string collector, long spans);

    [LoggerMessage(505, LogLevel.Warning, "{Sentence}")]
    public static partial void WireAlarm(this ILogger log, string sentence);

    [LoggerMessage(500, LogLevel.Warning, "{Advice}")]
    public static partial void HostAdvice(this ILogger log, string advice);

    [LoggerMessage(EventId = 501, Message = "actors: {Message}")]
    public static partial void EngineSaid(this ILogger log, LogLevel level, string message, Exception? cause);

    [LoggerMessage(502, LogLevel.Warning, "the actor system ended ({Reason}) and is built anew")]
    public static partial void ActorsEnded(this ILogger log, string reason);

    [LoggerMessage(503, LogLevel.Error, "the actor system can't be built now, and is tried again")]
    public static partial void ActorsNotBuilt(this ILogger log, Exception cause);

    [LoggerMessage(504, LogLevel.Critical, "not alive: {Check}: {Reason}; systemd is not told otherwise, and restarts the node")]
    public static partial void NotAlive(this ILogger log, string check, string reason);

    [LoggerMessage(700, LogLevel.Warning, "pbm on this machine finds no token: {Reason}. Let netbootd write there, or name a folder: admin: {{ token_folder }}")]
    public static partial void NoLocalToken(this ILogger log, string reason);

    [LoggerMessage(701, LogLevel.Error, "the call {Method} {Path} failed")]
    public static partial void CallFailed(this ILogger log, string method, string path, Exception fault);

    [LoggerMessage(702, LogLevel.Information, "{Token} from {Address}: {Method} {Path}: {Status}")]
    public static partial void Called(this ILogger log, string token, string address, string method, string path, int status);

    [LoggerMessage(703, LogLevel.Information, "the admin API shows the key {Fingerprint}: pbm elsewhere pins it with --fingerprint")]
    public static partial void ShowsKey(this ILogger log, string fingerprint);

    [LoggerMessage(800, LogLevel.Information, "{Machine} {What}")]
    public static partial void PowerSwitched(this ILogger log, string machine, string what);

    [LoggerMessage(801, LogLevel.Warning, "{Machine}: power {Action} failed: {Reason}")]
    public static partial void PowerFailed(this ILogger log, string machine, string action, string reason);
}
