using Xunit.Sdk;

namespace NetBootFabric.Actors.Tests;

/// <summary>The kit itself on the real clock: what it must notice, it notices.</summary>
public sealed class TestKitTests : NetBootFabric.Actors.TestKit.Xunit2.TestKit
{
    /// <summary>For what has to come: far longer than any machine under load needs.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(30);

    [Fact]
    public void A_message_that_does_not_come_fails() => Assert.ThrowsAny<XunitException>(() => ExpectMsg<string>(Short));

    [Fact]
    public void A_message_of_another_type_fails()
    {
        TestActor.Tell(1);
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<string>(Long));
    }

    [Fact]
    public void A_message_that_should_not_come_fails()
    {
        TestActor.Tell(1);
        Assert.ThrowsAny<XunitException>(() => ExpectNoMsg(Long));
    }

    [Fact]
    public void Code_that_takes_longer_than_within_fails() =>
        Assert.ThrowsAny<XunitException>(() => Within(Short, () => ExpectNoMsg(Short * 2)));

    [Fact]
    public void An_assertion_that_comes_true_is_awaited()
    {
        var looks = 0;
        AwaitAssert(() => Assert.True(++looks > 3), Long);
        Assert.Equal(4, looks);
    }

    [Fact]
    public void An_assertion_that_stays_false_fails() => Assert.ThrowsAny<XunitException>(() => AwaitAssert(() => Assert.Fail("no"), Short));

    [Fact]
    public async Task The_test_actor_stays_the_sender_after_an_await()
    {
        var probe = CreateTestProbe();
        await Task.Yield();
        probe.Ref.Tell("hello");
        await probe.ExpectMsgAsync("hello", Long);
        probe.Reply("back");
        await ExpectMsgAsync("back", Long);
        await ExpectNoMsgAsync(Short);
    }

    [Fact]
    public void A_probe_sends_replies_and_forwards()
    {
        var probe = CreateTestProbe();
        probe.Send(TestActor, "from the probe");
        ExpectMsgFrom(probe, "from the probe", Long);
        TestActor.Tell("to forward", probe.Ref);
        ExpectMsg("to forward", Long);
        LastSender.Tell("answer");
        probe.ExpectMsg("answer", Long);
        probe.Forward(TestActor);
        ExpectMsgFrom(TestActor, "answer", Long);
    }
}
