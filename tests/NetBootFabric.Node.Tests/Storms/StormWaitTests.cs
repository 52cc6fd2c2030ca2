using NetBootFabric.Boot.Clients;

namespace NetBootFabric.Node.Tests.Storms;

/// <summary>Clients of a storm that wait because somebody told them to.</summary>
public sealed class StormWaitTests
{
    private readonly StormRoom _room = new();

    [Fact]
    public void They_are_counted_and_are_not_behind()
    {
        _room.With(20, 0, (BootPhase.Script, 1), (BootPhase.Kernel, 1.1), (BootPhase.Booted, 2));
        _room.With(0, (BootPhase.Script, 1));
        _room.With(3, 0, (BootPhase.Script, 1));
        Change(20, boot => boot with { Held = true });
        for (var i = 21; i < 23; i++) Change(i, boot => boot with { AwaitsTurn = true });
        var storm = _room.At(60, heads: 2);
        Assert.Equal((1, 2, 4), (storm.Held, storm.AwaitTurn, storm.Booting));
        Assert.Equal(1, storm.StragglerCount);
    }

    private void Change(int client, Func<BootRecord, BootRecord> change) =>
        _room.Clients[client] = _room.Clients[client] with { Current = change(_room.Clients[client].Current!) };
}
