using System.Diagnostics;

namespace NetBootFabric.Sockets.Tests;

public sealed class DatagramGroupTests : IDisposable
{
    private readonly DatagramSocket[] _sockets = [Loopback.Open(), Loopback.Open(), Loopback.Open()];
    private readonly DatagramGroup _group;

    public DatagramGroupTests() => _group = new DatagramGroup(_sockets);

    public void Dispose() => Array.ForEach(_sockets, socket => socket.Dispose());

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_datagram_to_any_socket_ends_the_wait(int receiver)
    {
        var waiting = Start(Timeout.InfiniteTimeSpan);
        using var client = Loopback.Open();
        client.SendTo([1], _sockets[receiver].Endpoint());
        await waiting;
        Assert.Equal(1, _sockets[receiver].Receive(new DatagramBatch(), TimeSpan.Zero));
    }

    [Fact]
    public async Task A_wake_ends_the_wait_and_is_not_lost_before_it()
    {
        var waiting = Start(Timeout.InfiniteTimeSpan);
        _group.Wake();
        await waiting;
        _group.Wake();
        await Start(Timeout.InfiniteTimeSpan);
    }

    [Fact]
    public void A_wait_lasts_as_long_as_it_says_when_nothing_comes()
    {
        var time = TimeSpan.FromMilliseconds(20);
        var start = Stopwatch.GetTimestamp();
        _group.Wait(time);
        Assert.True(Stopwatch.GetElapsedTime(start) >= time);
    }

    [Fact]
    public async Task A_socket_that_is_closed_ends_the_wait_now_and_later()
    {
        var waiting = Start(Timeout.InfiniteTimeSpan);
        _sockets[1].Dispose();
        await waiting;
        _group.Wait(Timeout.InfiniteTimeSpan);
    }

    [Fact]
    public void A_group_has_some_sockets_and_not_too_many()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DatagramGroup());
        Assert.Throws<ArgumentOutOfRangeException>(() => new DatagramGroup([.. Enumerable.Repeat(_sockets[0], 17)]));
    }

    private Task Start(TimeSpan timeout) =>
        Task.Factory.StartNew(() => _group.Wait(timeout), TaskCreationOptions.LongRunning).WaitAsync(Loopback.Limit);
}
