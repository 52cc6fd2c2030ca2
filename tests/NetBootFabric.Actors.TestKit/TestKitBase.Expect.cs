namespace NetBootFabric.Actors.TestKit;

public abstract partial class TestKitBase
{
    public T ExpectMsg<T>(TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expected<T>(Receive(duration, cancellationToken), null, duration, hint);

    public T ExpectMsg<T>(T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expected<T>(Receive(timeout, cancellationToken), (got, _) => Xunit.Assert.Equal(message, got), timeout, hint);

    public T ExpectMsg<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expected<T>(Receive(timeout, cancellationToken), Fits(isMessage), timeout, hint);

    public T ExpectMsg<T>(Action<T> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expected<T>(Receive(timeout, cancellationToken), (got, _) => assert(got), timeout, hint);

    public T ExpectMsg<T>(Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expected(Receive(timeout, cancellationToken), assertMessageAndSender, timeout, hint);

    public async ValueTask<T> ExpectMsgAsync<T>(TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expected<T>(await ReceiveAsync(duration, cancellationToken), null, duration, hint);

    public async ValueTask<T> ExpectMsgAsync<T>(T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expected<T>(await ReceiveAsync(timeout, cancellationToken), (got, _) => Xunit.Assert.Equal(message, got), timeout, hint);

    public async ValueTask<T> ExpectMsgAsync<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expected<T>(await ReceiveAsync(timeout, cancellationToken), Fits(isMessage), timeout, hint);

    public async ValueTask<T> ExpectMsgAsync<T>(Action<T> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expected<T>(await ReceiveAsync(timeout, cancellationToken), (got, _) => assert(got), timeout, hint);

    public T ExpectMsgFrom<T>(IActorRef sender, TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expected<T>(Receive(duration, cancellationToken), (_, from) => Xunit.Assert.Equal(sender, from), duration, hint);

    public T ExpectMsgFrom<T>(IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expected<T>(Receive(timeout, cancellationToken), (got, from) =>
        {
            Xunit.Assert.Equal(sender, from);
            Xunit.Assert.Equal(message, got);
        }, timeout, hint);

    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        Expected<T>(Receive(null, cancellationToken), (got, _) => Xunit.Assert.Contains(got, messages), null, null);

    /// <summary>These messages, in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) => ExpectMsgAllOf(RemainingOrDefault, messages);

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages)
    {
        var missing = messages.ToList();
        var got = ReceiveN(messages.Length, max).Cast<T>().ToList();
        foreach (var message in got) Xunit.Assert.True(missing.Remove(message), $"unexpected message {message}");
        return got;
    }

    public Terminated ExpectTerminated(IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectMsg<Terminated>(terminated => Xunit.Assert.Equal(InternalActorRef.Of(target), terminated.ActorRef), timeout, hint, cancellationToken);

    public ValueTask<Terminated> ExpectTerminatedAsync(IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectMsgAsync<Terminated>(terminated => Xunit.Assert.Equal(InternalActorRef.Of(target), terminated.ActorRef), timeout, hint, cancellationToken);

    public void ExpectNoMsg(CancellationToken cancellationToken = default) => ExpectNoMsg(NoMessageDefault, cancellationToken);

    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) => ExpectNoMsg(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default)
    {
        if (Receive(duration, cancellationToken) is { } envelope) Fail($"received unexpected message {envelope.Message} of {envelope.Message.GetType()}", null);
    }

    public ValueTask ExpectNoMsgAsync(CancellationToken cancellationToken = default) => ExpectNoMsgAsync(NoMessageDefault, cancellationToken);

    public async ValueTask ExpectNoMsgAsync(TimeSpan duration, CancellationToken cancellationToken = default)
    {
        if (await ReceiveAsync(duration, cancellationToken) is { } envelope) Fail($"received unexpected message {envelope.Message} of {envelope.Message.GetType()}", null);
    }

    private static Action<T, IActorRef> Fits<T>(Predicate<T> isMessage) => (got, _) => Xunit.Assert.True(isMessage(got), $"the message {got} does not fit");

    private T Expected<T>(MessageEnvelope? envelope, Action<T, IActorRef>? check, TimeSpan? timeout, string? hint)
    {
        if (envelope is null) Fail($"timeout ({GetTimeoutOrDefault(timeout)}) while waiting for a message of {typeof(T)}", hint);
        if (envelope.Message is not T typed)
        {
            Fail($"expected a message of {typeof(T)} but received {envelope.Message} of {envelope.Message.GetType()}", hint);
            return default;
        }
        check?.Invoke(typed, envelope.Sender);
        return typed;
    }
}
