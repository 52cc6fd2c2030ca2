namespace NetBootFabric.Actors.Actor;

/// <summary>Request and answer. Without a timeout an Ask waits for ever.</summary>
public static class Futures
{
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<object>(message, timeout, CancellationToken.None);

    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<object>(message, null, cancellationToken);

    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<object>(message, timeout, cancellationToken);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<T>(message, timeout, CancellationToken.None);

    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<T>(message, null, cancellationToken);

    /// <exception cref="AskTimeoutException">No answer in time.</exception>
    /// <exception cref="TaskCanceledException">The token was cancelled.</exception>
    /// <exception cref="ArgumentException">The answer is no <typeparamref name="T"/>.</exception>
    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Ask<T>(self, _ => message, timeout, cancellationToken);
    }

    public static Task<T> Ask<T>(this ICanTell self, Func<IActorRef, object> messageFactory, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<T>(cancellationToken);
        var promise = new PromiseActorRef<T>(SystemOf(self));
        var message = messageFactory(promise);
        if (timeout is { } limit && limit != Timeout.InfiniteTimeSpan) promise.ExpireAfter(limit, self, message);
        if (cancellationToken.CanBeCanceled) promise.CancelWith(cancellationToken);
        self.Tell(message, promise);
        return promise.Answer;
    }

    private static ActorSystemImpl SystemOf(ICanTell target) => target switch
    {
        ActorSelection selection => selection.System,
        IActorRef reference => InternalActorRef.Of(reference).System,
        _ => throw new ArgumentException($"Can't ask {target.GetType()}", nameof(target)),
    };
}
