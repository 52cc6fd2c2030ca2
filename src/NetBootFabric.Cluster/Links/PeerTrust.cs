using System.Collections.Frozen;
using NetBootFabric.Boot.Membership;

namespace NetBootFabric.Cluster.Links;

/// <summary>
/// Whose certificates a link to this node may show: those of the members, as the store names them. Asked in each handshake; never waits for the store. A newcomer's row is there
/// before it dials, and whoever is refused because this node has not read it yet dials again. Thread-safe.
/// </summary>
public sealed class PeerTrust
{
    private volatile FrozenDictionary<string, string> _endpoints = FrozenDictionary<string, string>.Empty;

    /// <summary>A stranger came: the store may know it by now.</summary>
    internal event Action? Missed;

    /// <summary>A member that dials.</summary>
    public bool Knows(string fingerprint)
    {
        if (_endpoints.ContainsKey(fingerprint)) return true;
        Missed?.Invoke();
        return false;
    }

    /// <summary>The member at host:port that is dialled: no other member's certificate will do.</summary>
    public bool Knows(string fingerprint, string endpoint)
    {
        if (_endpoints.TryGetValue(fingerprint, out var known) && known == endpoint) return true;
        Missed?.Invoke();
        return false;
    }

    /// <summary>Fenced members stay known: they are told that they are out. Those that have left do not.</summary>
    internal void Learn(IEnumerable<MemberRow> members) =>
        _endpoints = members.Where(static row => row.Status != StoredStatus.Gone).DistinctBy(static row => row.Identity.Fingerprint)
            .ToFrozenDictionary(static row => row.Identity.Fingerprint, static row => row.Identity.Address, StringComparer.Ordinal);
}
