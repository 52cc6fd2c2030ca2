namespace NetBootFabric.Actors.Tests;

public sealed class AskTests : VirtualTest
{
    private IActorRef Answering(Action<IActorRef> answer) => Sys.ActorOf(Props.Of(() => new Inline((context, _) => answer(context.Sender))));

    [Fact]
    public void An_answer_completes_the_ask() =>
        Assert.Equal("yes", ResultOf(Answering(sender => sender.Tell("yes")).Ask<string>("?")));

    [Fact]
    public void No_answer_in_time_throws_AskTimeoutException()
    {
        var ask = Answering(_ => { }).Ask<string>("?", TimeSpan.FromSeconds(5));
        Runtime.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(ask.IsCompleted);
        Runtime.Advance(TimeSpan.FromSeconds(0.1));
        Assert.IsType<AskTimeoutException>(ask.Exception!.InnerException);
    }

    [Fact]
    public void Without_a_timeout_an_ask_waits_for_ever()
    {
        var ask = Answering(_ => { }).Ask("?");
        Runtime.Advance(TimeSpan.FromDays(365));
        Assert.False(ask.IsCompleted);
    }

    [Fact]
    public void A_cancelled_token_cancels_the_ask()
    {
        using var source = new CancellationTokenSource();
        var ask = Answering(_ => { }).Ask("?", source.Token);
        source.Cancel();
        Runtime.RunUntilIdle();
        Assert.True(ask.IsCanceled);
    }

    [Fact]
    public void A_failure_throws_its_cause() => Assert.Throws<InvalidTimeZoneException>(() =>
        ResultOf(Answering(sender => sender.Tell(new Status.Failure(new InvalidTimeZoneException()))).Ask<string>("?")));

    [Fact]
    public void An_answer_of_another_type_throws_ArgumentException() => Assert.Throws<ArgumentException>(() =>
        ResultOf(Answering(sender => sender.Tell(17)).Ask<string>("?")));

    [Fact]
    public void An_ask_to_a_stopped_actor_waits_for_its_timeout()
    {
        var actor = Answering(sender => sender.Tell(1));
        Sys.Stop(actor);
        Runtime.RunUntilIdle();
        var ask = actor.Ask<int>("?", TimeSpan.FromSeconds(1));
        Runtime.RunUntilIdle();
        Assert.False(ask.IsCompleted);
        Runtime.Advance(TimeSpan.FromSeconds(1));
        Assert.True(ask.IsFaulted);
    }

    [Fact]
    public void A_second_answer_is_a_dead_letter()
    {
        Sys.EventStream.Subscribe<DeadLetter>(TestActor);
        var actor = Answering(sender =>
        {
            sender.Tell(1);
            sender.Tell(2);
        });
        Assert.Equal(1, ResultOf(actor.Ask<int>("?")));
        ExpectMsg<DeadLetter>(letter => Assert.Equal(2, letter.Message));
    }

    [Fact]
    public void An_answered_ask_leaves_no_timer_behind()
    {
        ResultOf(Answering(sender => sender.Tell(1)).Ask<int>("?", TimeSpan.FromHours(1)));
        Assert.Null(Runtime.TimeProvider.NextDue);
    }

    [Fact]
    public void PipeTo_tells_the_result_or_the_failure()
    {
        Task.FromResult("done").PipeTo(TestActor);
        ExpectMsg("done");
        Task.FromException<string>(new InvalidOperationException("no")).PipeTo(TestActor);
        ExpectMsg<Status.Failure>(failure => Assert.Equal("no", failure.Cause.Message));
        Task.FromException<string>(new InvalidOperationException("no")).PipeTo(TestActor, failure: error => error.Message);
        ExpectMsg("no");
    }
}
