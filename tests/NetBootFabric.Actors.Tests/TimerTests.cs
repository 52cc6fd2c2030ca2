namespace NetBootFabric.Actors.Tests;

public sealed class TimerTests : VirtualTest
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private sealed class Timed : ReceiveActor, IWithTimers
    {
        public Timed(IActorRef probe, bool startsInPreStart)
        {
            _starts = startsInPreStart;
            Receive<Fail>(fail => throw fail.Cause);
            Receive<Action<ITimerScheduler>>(action => action(Timers));
            ReceiveAny(message => probe.Tell(message));
        }

        private readonly bool _starts;

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart()
        {
            if (_starts) Timers.StartPeriodicTimer("p", "tick", Second);
        }
    }

    private IActorRef Actor(bool starts = false) => Sys.ActorOf(Props.Create<Timed>(TestActor, starts));

    [Fact]
    public void A_single_timer_rings_once_at_its_time()
    {
        Actor().Tell((Action<ITimerScheduler>)(timers => timers.StartSingleTimer("s", "ring", Second)));
        Runtime.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(HasMessages);
        Runtime.Advance(TimeSpan.FromMilliseconds(1));
        ExpectMsg("ring");
        ExpectNoMsg(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_periodic_timer_rings_until_cancelled()
    {
        var actor = Actor(starts: true);
        Runtime.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(3, ReceiveN(3).Count);
        actor.Tell((Action<ITimerScheduler>)(timers => timers.Cancel("p")));
        ExpectNoMsg(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Starting_a_key_again_replaces_its_timer()
    {
        Actor().Tell((Action<ITimerScheduler>)(timers =>
        {
            timers.StartSingleTimer("s", "first", Second);
            timers.StartSingleTimer("s", "second", Second * 2);
        }));
        ExpectMsg("second");
        ExpectNoMsg(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_ring_that_waits_in_the_mailbox_is_dropped_when_its_timer_is_cancelled()
    {
        var actor = Actor();
        actor.Tell((Action<ITimerScheduler>)(timers =>
        {
            timers.StartSingleTimer("s", "ring", Second);
            Runtime.TimeProvider.Step(TimeSpan.FromHours(1));
            timers.Cancel("s");
        }));
        ExpectNoMsg(Second);
    }

    [Fact]
    public void A_restart_cancels_the_timers()
    {
        var actor = Actor();
        actor.Tell((Action<ITimerScheduler>)(timers => timers.StartPeriodicTimer("p", "tick", Second)));
        actor.Tell(Fail.Now);
        ExpectNoMsg(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Timers_of_PreStart_run_after_a_restart_too()
    {
        var actor = Actor(starts: true);
        actor.Tell(Fail.Now);
        Runtime.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(["tick", "tick"], ReceiveN(2));
    }

    [Fact]
    public void A_stop_cancels_the_timers()
    {
        Sys.EventStream.Subscribe<DeadLetter>(TestActor);
        var actor = Actor(starts: true);
        Runtime.RunUntilIdle();
        Sys.Stop(actor);
        ExpectNoMsg(TimeSpan.FromSeconds(5));
        Assert.Null(Runtime.TimeProvider.NextDue);
    }

    [Fact]
    public void The_receive_timeout_rings_after_silence_and_again()
    {
        var actor = Sys.ActorOf(Props.Create<Silent>(TestActor));
        Runtime.Advance(Second * 0.5);
        actor.Tell("activity");
        ExpectMsg("activity");
        Runtime.Advance(Second * 0.9);
        Assert.False(HasMessages);
        ExpectMsg<ReceiveTimeout>(Second);
        ExpectMsg<ReceiveTimeout>(Second * 1.1);
    }

    private sealed class Silent : ReceiveActor
    {
        public Silent(IActorRef probe)
        {
            SetReceiveTimeout(Second);
            ReceiveAny(message => probe.Tell(message));
        }
    }

    [Fact]
    public void The_scheduler_tells_once_and_repeatedly_until_cancelled()
    {
        Sys.Scheduler.ScheduleTellOnce(Second, TestActor, "once", ActorRefs.NoSender);
        var cancelable = Sys.Scheduler.ScheduleTellRepeatedlyCancelable(Second * 2, Second, TestActor, "again", ActorRefs.NoSender);
        Runtime.Advance(Second * 4);
        Assert.Equal(["once", "again", "again", "again"], ReceiveN(4));
        cancelable.Cancel();
        ExpectNoMsg(Second * 5);
    }
}
