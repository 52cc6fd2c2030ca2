using System.Diagnostics;

namespace NetBootFabric.Sockets.Tests;

public sealed class WakeTests
{
    [Fact]
    public async Task A_wake_ends_a_receive_that_waits()
    {
        using var socket = Loopback.Open();
        var waiting = Start(() => socket.Receive(new DatagramBatch()));
        socket.Wake();
        Assert.Equal(0, await waiting);
        Assert.False(socket.IsClosed);
    }

    [Fact]
    public void Wakes_before_the_receive_are_not_lost_and_count_once()
    {
        using var socket = Loopback.Open();
        socket.Wake();
        socket.Wake();
        Assert.Equal(0, socket.Receive(new DatagramBatch()));

        var time = TimeSpan.FromMilliseconds(20);
        var start = Stopwatch.GetTimestamp();
        socket.Receive(new DatagramBatch(), time);
        Assert.True(Stopwatch.GetElapsedTime(start) >= time);
    }

    [Fact]
    public async Task Disposal_ends_every_receive_that_waits()
    {
        var socket = Loopback.Open();
        var waiting = Enumerable.Range(0, 4).Select(_ => Start(() => socket.Receive(new DatagramBatch()))).ToArray();
        socket.Dispose();
        Assert.All(await Task.WhenAll(waiting), count => Assert.Equal(0, count));
        Assert.True(socket.IsClosed);
    }

    [Fact]
    public async Task Disposal_races_with_receive_send_and_wake_without_harm()
    {
        for (var round = 0; round < 100; round++)
        {
            var socket = Loopback.Open();
            var to = socket.Endpoint();
            var receiving = Start(() =>
            {
                var batch = new DatagramBatch(4, 64);
                while (!socket.IsClosed) socket.Receive(batch);
                return 0;
            });
            var sending = Start(() =>
            {
                while (socket.SendTo([1], to) != Errno.Closed) { }
                return 0;
            });
            var waking = Start(() =>
            {
                while (!socket.IsClosed) socket.Wake();
                return 0;
            });
            socket.Dispose();
            await Task.WhenAll(receiving, sending, waking);
        }
    }

    [Fact]
    public void After_disposal_calls_do_nothing()
    {
        var socket = Loopback.Open();
        socket.Dispose();
        socket.Dispose();
        socket.Wake();
        Assert.Equal(0, socket.Receive(new DatagramBatch()));
        Assert.Equal(Errno.Closed, socket.SendTo([1], new UdpEndpoint(Loopback.Address, 9)));
    }

    private static Task<int> Start(Func<int> action) => Task.Factory.StartNew(action, TaskCreationOptions.LongRunning).WaitAsync(Loopback.Limit);
}
