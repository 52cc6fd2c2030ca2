using NetBootFabric.Storm.Room;

namespace NetBootFabric.Storm.Tests.Room;

public sealed class DeadlineQueueTests
{
    private readonly DeadlineQueue _queue = new(3);

    [Fact]
    public void Clients_come_in_the_order_of_their_deadlines()
    {
        Set(0, 3);
        Set(1, 1);
        Set(2, 2);
        Assert.Equal([1, 2], Take(2.5));
        Assert.Equal(TimeSpan.FromSeconds(3), _queue.Next);
    }

    [Fact]
    public void An_earlier_deadline_replaces_a_later_one()
    {
        Set(0, 5);
        Set(0, 1);
        Assert.Equal([0], Take(10));
    }

    [Fact]
    public void A_later_deadline_is_found_when_the_earlier_one_comes_up()
    {
        Set(0, 1);
        Set(0, 5);
        Assert.Equal([0], Take(1));
        Set(0, 5);
        Assert.Equal([0], Take(5));
    }

    private void Set(int client, double seconds) => _queue.Set(client, TimeSpan.FromSeconds(seconds));

    private List<int> Take(double seconds)
    {
        var taken = new List<int>();
        while (_queue.TryTake(TimeSpan.FromSeconds(seconds), out var client)) taken.Add(client);
        return taken;
    }
}
