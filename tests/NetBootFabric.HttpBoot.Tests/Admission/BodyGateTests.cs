using NetBootFabric.HttpBoot.Admission;

namespace NetBootFabric.HttpBoot.Tests.Admission;

public sealed class BodyGateTests
{
    private static readonly TimeSpan Quarter = TimeSpan.FromSeconds(0.25);

    private readonly BodyGate _gate = new();
    private readonly List<Ticket> _admitted = [];

    [Fact]
    public void While_nothing_is_lost_nobody_waits_for_long()
    {
        var tickets = Enter(5000);
        for (var quarter = 0; quarter < 8; quarter++) Decide(lost: 0);
        Assert.Equal((5000, 0), (_gate.Running, _gate.Held));
        Assert.All(tickets, ticket => Assert.False(ticket.IsHeld));
    }

    [Fact]
    public void Heavy_loss_brings_the_number_down_to_the_floor_within_two_seconds()
    {
        Enter(250);
        for (var quarter = 0; quarter < 8; quarter++) Decide(lost: 200);
        Assert.Equal((BodyGate.Floor, BodyGate.Floor, 250 - BodyGate.Floor), (_gate.Limit, _gate.Running, _gate.Held));
    }

    [Fact]
    public void The_first_come_stay_and_the_others_go_on_in_their_order()
    {
        var tickets = Enter(20);
        for (var quarter = 0; quarter < 8; quarter++) Decide(lost: 200);
        Assert.All(tickets[..BodyGate.Floor], ticket => Assert.False(ticket.IsHeld));
        foreach (var ticket in tickets[..4]) _gate.Leave(ticket);
        Assert.Equal(tickets[BodyGate.Floor..(BodyGate.Floor + 4)], _admitted);
    }

    [Fact]
    public void A_little_loss_changes_nothing()
    {
        Enter(300);
        for (var quarter = 0; quarter < 40; quarter++) Decide(lost: 15);
        Assert.Equal(0, _gate.Held);
    }

    [Fact]
    public void A_share_of_a_few_segments_says_nothing()
    {
        Enter(BodyGate.Beginning);
        _gate.Observe(10, 10, 0, 0);
        _gate.Decide(Quarter);
        Assert.Equal(0, _gate.Held);
    }

    [Fact]
    public void After_a_loss_the_number_grows_slowly()
    {
        Enter(250);
        for (var quarter = 0; quarter < 8; quarter++) Decide(lost: 200);
        for (var quarter = 0; quarter < 8; quarter++) Decide(lost: 0);
        Assert.Equal(BodyGate.Floor + 8, _gate.Running);
    }

    [Fact]
    public void After_a_loss_bodies_are_paced_to_what_clients_got_together_and_after_the_storm_no_more()
    {
        var tickets = Enter(100);
        Assert.Equal(0, _gate.Each);
        Decide(lost: 200);
        Assert.Equal((16, 4_240_000 / 16), (_gate.Running, _gate.Each)); // 6 % above what clients got
        foreach (var ticket in tickets) _gate.Leave(ticket);
        Decide(lost: 0);
        Assert.Equal(0, _gate.Each);
    }

    [Fact]
    public void What_is_sent_again_for_an_old_loss_is_no_new_one()
    {
        Enter(20);
        for (var quarter = 0; quarter < 8; quarter++)
        {
            _gate.Observe(1000, 1000, 1000, 1_000_000);
            _gate.Decide(Quarter);
        }
        Assert.Equal((20, 0), (_gate.Running, _gate.Held));
    }

    [Fact]
    public void Bodies_whose_clients_take_nothing_do_not_hold_the_others_up()
    {
        Enter(BodyGate.Beginning);
        var others = Enter(5);
        for (var quarter = 0; quarter < 5; quarter++) _gate.Decide(Quarter);
        Assert.Equal(others, _admitted);
    }

    [Fact]
    public void Who_takes_nothing_yields_its_place_and_waits_behind_the_others()
    {
        var tickets = Enter(BodyGate.Beginning + 2);
        _gate.Yield(tickets[0]);
        _gate.Yield(tickets[0]); // waits already
        _gate.Leave(tickets[1]);
        _gate.Leave(tickets[2]);
        Assert.Equal([tickets[^2], tickets[^1], tickets[0]], _admitted);
        _gate.Yield(tickets[3]); // to nobody
        Assert.Equal((BodyGate.Beginning, 0), (_gate.Running, _gate.Held));
    }

    [Fact]
    public void A_link_that_nobody_uses_is_not_full()
    {
        var tickets = Enter(BodyGate.Floor);
        Decide(lost: 200);
        Assert.True(_gate.IsFull);
        foreach (var ticket in tickets) _gate.Leave(ticket);
        _gate.Decide(Quarter);
        Assert.False(_gate.IsFull);
    }

    [Fact]
    public void Racks_take_turns()
    {
        Enter(BodyGate.Beginning, rack: 1);
        Enter(10, rack: 1);
        Enter(2, rack: 2);
        Decide(lost: 200);
        for (var quarter = 0; quarter < 8; quarter++) Decide(lost: 0); // one more each time
        Assert.Equal([1, 2, 1, 2, 1, 1, 1, 1], _admitted.Select(ticket => ticket.Rack));
    }

    [Fact]
    public void Who_gives_up_while_it_waits_leaves_no_trace()
    {
        var tickets = Enter(BodyGate.Beginning + 10, rack: 3);
        foreach (var ticket in tickets[BodyGate.Beginning..]) _gate.Leave(ticket);
        Assert.Equal((BodyGate.Beginning, 0), (_gate.Running, _gate.Held));
        var late = Enter(1, rack: 3);
        _gate.Leave(tickets[0]);
        Assert.Equal(late, _admitted);
    }

    [Fact]
    public void Whatever_happens_the_counts_agree_and_the_limit_holds()
    {
        var random = new Random(1);
        var inside = new List<Ticket>();
        for (var round = 0; round < 50_000; round++)
        {
            if (random.Next(3) > 0) inside.AddRange(Enter(1, random.Next(5)));
            else if (inside.Count > 0)
            {
                var leaving = random.Next(inside.Count);
                _gate.Leave(inside[leaving]);
                inside.RemoveAt(leaving);
            }
            if (random.Next(5) == 0 && inside.Count > 0) _gate.Yield(inside[random.Next(inside.Count)]);
            if (random.Next(20) == 0) Decide(random.Next(3) == 0 ? 300 : 0);
            Assert.Equal(inside.Count, _gate.Running + _gate.Held);
            Assert.InRange(_gate.Running, Math.Min(inside.Count, BodyGate.Floor), _gate.Limit);
            if (_gate.Held > 0) Assert.Equal(_gate.Limit, _gate.Running);
        }
        Assert.Equal(_gate.Held, inside.Count(ticket => ticket.IsHeld));
        foreach (var ticket in inside) _gate.Leave(ticket);
        Assert.Equal((0, 0), (_gate.Running, _gate.Held));
    }

    private void Decide(long lost)
    {
        _gate.Observe(1000, lost, 1000 - lost, 1_000_000);
        _gate.Decide(Quarter);
    }

    private Ticket[] Enter(int count, int rack = 0)
    {
        var tickets = Enumerable.Range(0, count).Select(_ => new Ticket(rack, _admitted)).ToArray();
        foreach (var ticket in tickets) _gate.Enter(ticket);
        return tickets;
    }

    private sealed class Ticket(int rack, List<Ticket> admitted) : BodyTicket(rack)
    {
        public override void Admitted() => admitted.Add(this);
    }
}
