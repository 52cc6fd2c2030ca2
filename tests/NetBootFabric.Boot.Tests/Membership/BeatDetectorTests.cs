using NetBootFabric.Boot.Membership;

namespace NetBootFabric.Boot.Tests.Membership;

public sealed class BeatDetectorTests
{
    private readonly BeatDetector _detector = new(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(1));
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

    private static MemberRow Row(string name, long beat, long incarnation = 1, StoredStatus status = StoredStatus.Up) =>
        new(new MemberIdentity(name, "", "", 1, []), incarnation, status, beat);

    private string[] After(int milliseconds, params MemberRow[] members)
    {
        _now += TimeSpan.FromMilliseconds(milliseconds);
        return [.. _detector.Observe(_now, members, "self").Select(static dead => dead.Identity.Name)];
    }

    [Fact]
    public void Who_beats_lives()
    {
        for (var beat = 0; beat < 100; beat++) Assert.Empty(After(250, Row("a", beat)));
    }

    [Fact]
    public void Who_does_not_beat_for_the_time_is_dead_until_it_beats()
    {
        for (var i = 0; i < 4; i++) Assert.Empty(After(250, Row("a", 7)));
        Assert.Equal(["a"], After(250, Row("a", 7)));
        Assert.Equal(["a"], After(250, Row("a", 7)));
        Assert.Empty(After(250, Row("a", 8)));
    }

    [Fact]
    public void Beats_that_jitter_cost_no_further_heartbeat()
    {
        for (var i = 0; i < 4; i++) Assert.Empty(After(245, Row("a", 7)));
        Assert.Equal(["a"], After(245, Row("a", 7)));
    }

    [Fact]
    public void A_new_incarnation_is_observed_anew()
    {
        for (var i = 0; i < 4; i++) After(250, Row("a", 7));
        Assert.Empty(After(250, Row("a", 7, incarnation: 2)));
        Assert.Empty(After(250, Row("a", 7, incarnation: 2)));
    }

    [Fact]
    public void After_a_gap_of_the_own_beats_all_are_observed_anew()
    {
        for (var i = 0; i < 4; i++) After(250, Row("a", 7));
        Assert.Empty(After(5000, Row("a", 7)));
        for (var i = 0; i < 3; i++) Assert.Empty(After(250, Row("a", 7)));
        Assert.Equal(["a"], After(250, Row("a", 7)));
    }

    [Fact]
    public void A_beat_that_is_late_is_no_gap()
    {
        After(250, Row("a", 7));
        Assert.Empty(After(600, Row("a", 7)));
        Assert.Equal(["a"], After(400, Row("a", 7)));
    }

    [Fact]
    public void After_a_restart_all_are_observed_anew()
    {
        for (var i = 0; i < 4; i++) After(250, Row("a", 7));
        _detector.Restart();
        Assert.Empty(After(250, Row("a", 7)));
    }

    [Fact]
    public void A_clock_that_goes_back_is_a_gap()
    {
        for (var i = 0; i < 4; i++) After(250, Row("a", 7));
        Assert.Empty(After(-3600_000, Row("a", 7)));
    }

    [Fact]
    public void This_node_and_those_that_do_not_live_are_never_dead()
    {
        for (var i = 0; i < 20; i++)
            Assert.Empty(After(250, Row("self", 1), Row("b", 1, status: StoredStatus.Gone), Row("c", 1, status: StoredStatus.Unreachable)));
    }

    [Fact]
    public void A_fenced_member_was_quiet_only_when_its_silence_was_seen()
    {
        After(250, Row("a", 7));
        Assert.False(_detector.WasQuietFor("a", TimeSpan.FromMilliseconds(500)));
        After(250, Row("a", 8, status: StoredStatus.Unreachable));
        After(250, Row("a", 8, status: StoredStatus.Unreachable));
        Assert.False(_detector.WasQuietFor("a", TimeSpan.FromMilliseconds(500)));
        After(250, Row("a", 8, status: StoredStatus.Unreachable));
        Assert.True(_detector.WasQuietFor("a", TimeSpan.FromMilliseconds(500)));
        Assert.False(_detector.WasQuietFor("b", TimeSpan.FromMilliseconds(500)));
    }
}
