namespace NetBootFabric.Boot.Membership;

/// <summary>
/// Tells from what the own beats read which members are dead: those whose beat did not change for the time given, by the store's clock, while the own beats went
/// through without a gap. After a gap (this node was paused, the store was away) everybody is observed anew.
/// </summary>
public sealed class BeatDetector(TimeSpan heartbeat, TimeSpan deadAfter)
{
    private readonly Dictionary<string, Observation> _seen = [];
    private DateTimeOffset? _last;

    // Two beats and a half: one may be late, not lost.
    private readonly TimeSpan _gap = heartbeat * 2.5;

    // Beats come in steps of a heartbeat; without the tolerance a jitter of a millisecond would cost a whole step.
    private readonly TimeSpan _limit = deadAfter - (heartbeat / 5);

    /// <summary>Forgets what was seen: a beat failed, or someone was told that beats fail.</summary>
    public void Restart()
    {
        _seen.Clear();
        _last = null;
    }

    /// <summary>Takes what an accepted beat read; gives the others that are dead.</summary>
    public IReadOnlyList<MemberRow> Observe(DateTimeOffset time, IReadOnlyList<MemberRow> members, string self)
    {
        if (_last is not { } last || time < last || time - last > _gap) _seen.Clear();
        _last = time;
        var dead = new List<MemberRow>();
        foreach (var member in members)
        {
            var name = member.Identity.Name;
            if (name == self) continue;
            if (!_seen.TryGetValue(name, out var seen) || seen.Incarnation != member.Incarnation || seen.Beat != member.Beat)
                _seen[name] = new Observation(member.Incarnation, member.Beat, time);
            else if (member.Lives && time - seen.Since >= _limit)
                dead.Add(member);
        }
        return dead;
    }

    /// <summary>Its heart was seen not to beat for that long: however it came to be fenced, it has found out by itself.</summary>
    public bool WasQuietFor(string name, TimeSpan time) => _last is { } last && _seen.TryGetValue(name, out var seen) && last - seen.Since >= time;

    private readonly record struct Observation(long Incarnation, long Beat, DateTimeOffset Since);
}
