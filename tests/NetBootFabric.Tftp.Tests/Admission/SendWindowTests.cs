using NetBootFabric.Tftp.Admission;

namespace NetBootFabric.Tftp.Tests.Admission;

public sealed class SendWindowTests
{
    private const int Packet = SendWindow.Packet;
    private readonly SendWindow _window = new();

    [Fact]
    public void It_doubles_with_each_round_trip_while_somebody_waits_and_nothing_is_lost()
    {
        Round(lost: 0);
        Assert.Equal(2 * SendWindow.Initial, _window.Size);
        Round(lost: 0);
        Assert.Equal(4 * SendWindow.Initial, _window.Size);
    }

    [Fact]
    public void It_does_not_grow_while_nobody_waits()
    {
        for (var i = 0; i < 100; i++)
        {
            _window.Leave(Packet);
            _window.Delivered(Packet, 1);
        }
        Assert.Equal(SendWindow.Initial, _window.Size);
    }

    [Fact]
    public void One_lost_packet_of_a_hundred_does_not_make_it_smaller()
    {
        for (var i = 0; i < 50; i++) Round(lost: 0.01);
        Assert.True(_window.Size > 100 * Packet, $"{_window.Size / Packet} packets");
    }

    [Fact]
    public void It_is_cut_while_a_tenth_is_lost_and_stays_above_the_floor()
    {
        for (var i = 0; i < 6; i++) Round(lost: 0);
        var before = _window.Size;
        for (var i = 0; i < 3; i++) Round(lost: 0.1);
        Assert.InRange(_window.Size, SendWindow.Floor, before - 1);
        for (var i = 0; i < 500; i++) Round(lost: 0.5);
        Assert.Equal(SendWindow.Floor, _window.Size);
    }

    [Fact]
    public void One_that_grew_large_is_cut_at_the_first_burst_that_is_mostly_lost()
    {
        while (_window.Size < 16 << 20) Round(lost: 0);
        _window.Leave(100 * Packet);
        for (var i = 0; i < 75; i++) _window.Lost(Packet);
        for (var i = 0; i < 25; i++) _window.Delivered(Packet, 1);
        Assert.InRange(_window.Size, SendWindow.Floor, 100 * Packet);
    }

    [Fact]
    public void A_cut_for_packets_that_arrived_after_all_is_taken_back()
    {
        for (var i = 0; i < 6; i++) Round(lost: 0);
        var before = _window.Size;
        var packets = before / Packet;
        _window.Leave(packets * Packet);
        for (var i = 0; i < packets; i++) _window.Lost(Packet);
        Assert.True(_window.Size < before);
        for (var i = 0; i < packets; i++) _window.Found();
        Assert.Equal(before, _window.Size);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Whatever_happens_nothing_is_under_way_in_the_end(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 2000; i++)
        {
            Round(random.NextDouble() * random.NextDouble());
            Assert.InRange(_window.Size, SendWindow.Floor, SendWindow.Most);
            Assert.Equal(0, _window.InFlight);
        }
    }

    /// <summary>A window full leaves, and arrives but for some.</summary>
    private void Round(double lost)
    {
        var packets = _window.Size / Packet;
        _window.Leave(packets * Packet);
        _window.FellShort();
        for (var i = 0; i < packets; i++)
        {
            _owed += lost;
            if (_owed < 1) _window.Delivered(Packet, 1);
            else (_, _owed) = (Lose(), _owed - 1);
            _window.FellShort();
        }
    }

    private bool Lose()
    {
        _window.Lost(Packet);
        return true;
    }

    private double _owed;
}
