namespace NetBootFabric.Boot.Events;

/// <summary>
/// What the wire shows that an operator has to act on, a sentence each: kept as long as it goes on, told at once and then once in a while.
/// Thread-safe; bounded: what
/// was seen longest ago gives way.
/// </summary>
public sealed class WireAlarms(TimeProvider time)
{
    private const int Kept = 64;
    private const int LongestSentence = 600;

    /// <summary>An alarm that is not raised again for that long is over.</summary>
    public static readonly TimeSpan Lasting = TimeSpan.FromMinutes(15);

    /// <summary>Between two times that the same is told.</summary>
    private static readonly TimeSpan Spacing = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Alarm> _alarms = new(StringComparer.Ordinal);

    /// <summary>Told of a new alarm, and of one that goes on. On the thread that raised it, which must not wait.</summary>
    public event Action<string>? Told;

    /// <summary>What goes on, the latest first.</summary>
    public IReadOnlyList<string> Standing
    {
        get
        {
            var now = time.GetUtcNow();
            lock (_gate)
            {
                return [.. _alarms.Values.Where(alarm => now - alarm.LastSeen < Lasting).OrderByDescending(alarm => alarm.LastSeen)
                    .Select(alarm => $"{alarm.Sentence} (last at {alarm.LastSeen:HH:mm:ss} UTC, {alarm.Times} times)")];
            }
        }
    }

    /// <param name="subject">Of which there is one alarm at a time.</param>
    /// <param name="sentence">May hold what came off the wire.</param>
    public void Raise(string subject, string sentence)
    {
        var (now, shown) = (time.GetUtcNow(), Shown(sentence));
        bool isTold;
        lock (_gate)
        {
            var known = _alarms.GetValueOrDefault(subject);
            isTold = known is null || now - known.ToldAt >= Spacing || now < known.ToldAt;
            if (known is null && _alarms.Count >= Kept) _alarms.Remove(_alarms.MinBy(each => each.Value.LastSeen).Key);
            _alarms[subject] = new Alarm(shown, now, isTold ? now : known!.ToldAt, (known?.Times ?? 0) + 1);
        }
        if (isTold) Told?.Invoke(shown);
    }

    private static string Shown(string text) =>
        string.Create(Math.Min(text.Length, LongestSentence), text, static (shown, text) =>
        {
            for (var i = 0; i < shown.Length; i++) shown[i] = char.IsControl(text[i]) || char.IsSurrogate(text[i]) ? '?' : text[i];
        });

    private sealed record Alarm(string Sentence, DateTimeOffset LastSeen, DateTimeOffset ToldAt, int Times);
}
