namespace NetBootFabric.AdminApi.Catalog;

/// <summary>
/// Calls about nodes, groups and profiles. Bodies are JSON, or YAML in the configuration's grammar. Of one entry: GET, PUT (all of it) and DELETE; its ETag is its revision, and
/// <c>If-Match</c> refuses with 412 what was made from an older one; <c>If-None-Match: *</c> or <c>?new=true</c> makes a new entry only. <c>?dryRun=true</c> says what would change. Malformed bodies are 400, what does not fit together is 422, each with every mistake.
/// </summary>
public static class CatalogRoutes
{
    /// <summary>GET: all, or those of <c>?select=</c>. PATCH with <c>?select=</c> and a <see cref="NodePatch"/>: changes each of them, all or none. <c>If-Match</c>: none of them may have changed since that revision.</summary>
    public const string Nodes = "/api/v1/nodes";

    /// <summary>A MAC address goes behind it, or the name of a node that is there.</summary>
    public const string Node = "/api/v1/nodes/";

    /// <summary>PUT with <c>?arm=true</c>: an intent to boot once is to be served again by every node of the group.</summary>
    public const string Groups = "/api/v1/groups";
    public const string Group = "/api/v1/groups/";
    public const string Profiles = "/api/v1/profiles";
    public const string Profile = "/api/v1/profiles/";

    /// <summary>POST: adds and changes what the body names, all or nothing. <c>?dryRun=true</c> says only what would change; <c>?prune=true</c> also removes what the sections of the body don't name.</summary>
    public const string Apply = "/api/v1/apply";

    /// <summary>GET: everything, as YAML that <see cref="Apply"/> takes.</summary>
    public const string Export = "/api/v1/export";

    /// <summary>GET: addresses that are given or were, of all head nodes; <c>?running=true</c>: given now.</summary>
    public const string Leases = "/api/v1/leases";

    /// <summary>DELETE with an address or a MAC address behind it: ends that lease, or all of that client.</summary>
    public const string Lease = "/api/v1/leases/";
}
