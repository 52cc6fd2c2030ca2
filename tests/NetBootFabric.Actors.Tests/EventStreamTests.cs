namespace NetBootFabric.Actors.Tests;

public sealed class EventStreamTests : VirtualTest
{
    private interface IMarked;

    private record Base : IMarked;

    private sealed record Derived : Base;

    [Fact]
    public void A_subscriber_gets_its_type_and_what_derives_from_it()
    {
        Sys.EventStream.Subscribe<Base>(TestActor);
        Sys.EventStream.Publish(new Derived());
        Sys.EventStream.Publish("other");
        ExpectMsg<Derived>();
        ExpectNoMsg();
    }

    [Fact]
    public void An_event_arrives_once_though_subscribed_by_two_types()
    {
        Sys.EventStream.Subscribe<Base>(TestActor);
        Sys.EventStream.Subscribe<IMarked>(TestActor);
        Sys.EventStream.Publish(new Derived());
        ExpectMsg<Derived>();
        ExpectNoMsg();
    }

    [Fact]
    public void Unsubscribe_ends_it()
    {
        Sys.EventStream.Subscribe<Base>(TestActor);
        Assert.False(Sys.EventStream.Subscribe<Base>(TestActor));
        Assert.True(Sys.EventStream.Unsubscribe(TestActor));
        Sys.EventStream.Publish(new Base());
        ExpectNoMsg();
    }

    [Fact]
    public void A_subscriber_that_has_stopped_is_forgotten()
    {
        var probe = CreateTestProbe();
        Sys.EventStream.Subscribe<Base>(probe.Ref);
        Sys.Stop(probe.Ref);
        Runtime.RunUntilIdle();
        Sys.EventStream.Subscribe<DeadLetter>(TestActor);
        Sys.EventStream.Publish(new Base());
        ExpectNoMsg();
        Assert.False(Sys.EventStream.Unsubscribe(probe.Ref));
    }

    [Fact]
    public void Log_lines_reach_the_sink_from_their_level_on()
    {
        var lines = new List<string>();
        using var system = ActorSystem.Create("log", new EmbeddedSetup { Dispatcher = Runtime.Dispatcher, TimeProvider = Runtime.TimeProvider, LogSink = line => lines.Add($"{line.LogLevel()} {line.LogSource} {line.Message}"), LogLevel = LogLevel.WarningLevel });
        var log = Logging.GetLogger(system, "source");
        log.Info("no");
        log.Warning("{0} of {1}", 1, 2);
        Assert.Equal(["WarningLevel source 1 of 2"], lines);
    }
}
