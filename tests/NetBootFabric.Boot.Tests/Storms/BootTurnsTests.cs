using NetBootFabric.Boot.Storms;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Tests.Storms;

public sealed class BootTurnsTests
{
    private const long Payload = 10_000_000, Link = 10_000_000; // one client a second

    private readonly ManualTime _time = new();
    private readonly UplinkMeter _uplink;
    private readonly BootTurns _turns;
    private bool _full = true;

    public BootTurnsTests()
    {
        _uplink = new UplinkMeter(_time);
        _turns = new BootTurns(_uplink, () => _full, _time);
    }

    [Fact]
    public void While_nobody_waits_for_the_uplink_it_is_everybodys_turn()
    {
        _full = false;
        Busy();
        for (var client = 0; client < 1000; client++) Assert.False(Ask(client).Waits);
    }

    [Fact]
    public void A_full_uplink_is_promised_to_as_many_as_it_serves_soon_and_the_next_ones_are_told_their_place()
    {
        Busy();
        var turns = Enumerable.Range(0, 100).Select(Ask).ToList();
        var admitted = turns.TakeWhile(turn => !turn.Waits).Count();
        Assert.Equal(12, admitted);
        Assert.Equal(Enumerable.Range(1, 100 - admitted), turns.Skip(admitted).Select(turn => turn.Position));
        Assert.Equal(TimeSpan.FromSeconds(1), turns[admitted].Wait);
        Assert.Equal(TimeSpan.FromSeconds(88), turns[^1].Wait);
        Assert.Equal(88, _turns.Waiting);
        Assert.All(turns.Skip(admitted), turn => Assert.InRange(turn.AskAgain.TotalSeconds, 2, 10));
    }

    [Fact]
    public void Who_asks_again_keeps_its_place_and_who_was_let_in_is_not_sent_back()
    {
        Busy();
        for (var client = 0; client < 50; client++) Ask(client);
        Assert.Equal(38, Ask(49).Position);
        Assert.Equal(1, Ask(12).Position);
        Assert.False(Ask(3).Waits);
    }

    [Fact]
    public void Each_second_of_work_done_lets_the_next_one_in_and_everybody_comes_in_within_the_time_that_the_link_needs()
    {
        Busy();
        var asks = Enumerable.Range(0, 200).ToDictionary(client => client, _ => _time.GetUtcNow());
        var lastIn = _time.GetUtcNow();
        var began = lastIn;
        for (var second = 0; second < 400 && asks.Count > 0; second++)
        {
            foreach (var (client, due) in asks.OrderBy(each => each.Value).ToList())
            {
                if (due > _time.GetUtcNow()) continue;
                var turn = Ask(client);
                if (turn.Waits) asks[client] = _time.GetUtcNow() + turn.AskAgain;
                else
                {
                    asks.Remove(client);
                    _uplink.Began(Payload);
                    lastIn = _time.GetUtcNow();
                }
            }
            Move(1);
        }
        Assert.Empty(asks);
        // The last of 200 clients is let in 12 s ahead of the end, and asks at most 10 s late.
        Assert.InRange((lastIn - began).TotalSeconds, 180, 200);
    }

    [Fact]
    public void Turns_go_round_the_racks()
    {
        Busy();
        for (var client = 0; client < 12; client++) Ask(client); // as many as are let in
        for (var client = 100; client < 140; client++) _turns.Ask(Mac(client), "large", Payload);
        for (var client = 200; client < 204; client++) _turns.Ask(Mac(client), "small", Payload);
        Assert.Equal([2, 4, 6, 8], Enumerable.Range(200, 4).Select(client => _turns.Ask(Mac(client), "small", Payload).Position));
        Assert.Equal([1, 3, 5, 7, 9, 10], Enumerable.Range(100, 6).Select(client => _turns.Ask(Mac(client), "large", Payload).Position));
    }

    [Fact]
    public void Who_does_not_ask_any_more_leaves_its_place()
    {
        Busy();
        for (var client = 0; client < 50; client++) Ask(client);
        for (var i = 0; i < 8; i++)
        {
            Move(5);
            _uplink.Began(Link * 5);
            Ask(49);
        }
        Assert.InRange(_turns.Waiting, 0, 1);
    }

    [Fact]
    public void When_nothing_moves_any_more_nobody_waits_for_promises()
    {
        Busy();
        for (var client = 0; client < 50; client++) Ask(client);
        Assert.True(Ask(40).Waits);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(Ask(40).Waits);
    }

    [Fact]
    public void A_payload_larger_than_all_that_is_let_in_ahead_is_let_in_alone()
    {
        Busy();
        Assert.False(_turns.Ask(Mac(1), "", Link * 100).Waits);
        Assert.True(_turns.Ask(Mac(2), "", Link * 100).Waits);
    }

    [Fact]
    public void A_moment_in_which_little_moves_makes_nobody_wait_longer()
    {
        Busy();
        for (var client = 0; client < 50; client++) Ask(client);
        var before = Ask(40).Wait;
        _time.Advance(TimeSpan.FromSeconds(1.5));
        _uplink.Moved(1);
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.InRange(Ask(40).Wait, TimeSpan.Zero, before);
    }

    [Fact]
    public void Downloads_of_others_that_never_end_leave_half_of_the_uplink_to_those_that_wait()
    {
        Busy();
        _uplink.Began(Link * 3600);
        Ask(0);
        var seconds = 0;
        for (var waiting = Enumerable.Range(1, 20).ToList(); waiting.Count > 0; seconds++)
        {
            Move(1);
            waiting.RemoveAll(client => !Ask(client).Waits);
        }
        Assert.Equal(40, seconds);
    }

    private Turn Ask(int client) => _turns.Ask(Mac(client), "", Payload);

    /// <summary>The uplink moves what it can, of something that is not promised to anybody.</summary>
    private void Busy()
    {
        _uplink.Began(Link * 2);
        Move(2);
    }

    private void Move(int seconds)
    {
        for (var i = 0; i < seconds * 4; i++)
        {
            _uplink.Moved(Link / 4);
            _time.Advance(TimeSpan.FromSeconds(0.25));
        }
    }

    private static MacAddress Mac(int number) => new(0x5254_0077_0000ul + (ulong)number);
}
