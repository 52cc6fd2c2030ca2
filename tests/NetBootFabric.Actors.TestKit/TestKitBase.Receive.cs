namespace NetBootFabric.Actors.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>The next message, or null when none comes in time.</summary>
    public object? ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) => Receive(max, cancellationToken)?.Message;

    public async ValueTask<object?> ReceiveOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await ReceiveAsync(max, cancellationToken))?.Message;

    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) =>
        ReceiveN(numberOfMessages, RemainingOrDefault, cancellationToken);

    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default)
    {
        var stop = _time.Now + max;
        var messages = new List<object>(numberOfMessages);
        while (messages.Count < numberOfMessages)
        {
            var message = ReceiveOne(stop - _time.Now, cancellationToken);
            if (message is null) Fail($"timeout ({max}) while expecting {numberOfMessages} messages (got {messages.Count})", null);
            messages.Add(message!);
        }
        return messages;
    }

    /// <summary>Messages as long as they come in time and fit.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(Predicate<T> shouldContinue, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, CancellationToken cancellationToken = default)
    {
        var stop = _time.Now + RemainingOrDilated(max);
        var messages = new List<T>();
        while (messages.Count < msgs)
        {
            var left = stop - _time.Now;
            if (ReceiveOne(idle < left ? idle : left, cancellationToken) is not T message || !shouldContinue(message)) break;
            messages.Add(message);
        }
        return messages;
    }

    public object FishForMessage(Predicate<object> isMessage, TimeSpan? max = null, string? hint = null, CancellationToken cancellationToken = default) =>
        FishForMessage<object>(isMessage, max, hint, cancellationToken);

    /// <summary>Reads on until a message fits.</summary>
    public T FishForMessage<T>(Predicate<T> isMessage, TimeSpan? max = null, string? hint = null, CancellationToken cancellationToken = default)
    {
        var limit = RemainingOrDilated(max);
        var stop = _time.Now + limit;
        while (true)
        {
            var message = ReceiveOne(stop - _time.Now, cancellationToken);
            if (message is null) Fail($"timeout ({limit}) during fishForMessage", hint);
            if (message is T typed && isMessage(typed)) return typed;
        }
    }

    public async ValueTask<T> FishForMessageAsync<T>(Predicate<T> isMessage, TimeSpan? max = null, string? hint = null, CancellationToken cancellationToken = default)
    {
        var limit = RemainingOrDilated(max);
        var stop = _time.Now + limit;
        while (true)
        {
            var message = await ReceiveOneAsync(stop - _time.Now, cancellationToken);
            if (message is null) Fail($"timeout ({limit}) during fishForMessage", hint);
            if (message is T typed && isMessage(typed)) return typed;
        }
    }

    private MessageEnvelope? Receive(TimeSpan? max, CancellationToken token)
    {
        var limit = RemainingOrDilated(max);
        return Note(_time.WaitForMessage(_state.Queue, limit, token));
    }

    private async Task<MessageEnvelope?> ReceiveAsync(TimeSpan? max, CancellationToken token)
    {
        var limit = RemainingOrDilated(max);
        return Note(await _time.WaitForMessageAsync(_state.Queue, limit, token));
    }

    private MessageEnvelope? Note(bool arrived)
    {
        var envelope = arrived ? _state.Queue.Take() : null;
        (LastMessage, LastSender) = (envelope?.Message, envelope?.Sender ?? Sys.DeadLetters);
        return envelope;
    }

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    private static void Fail(string text, string? hint) => throw new Xunit.Sdk.XunitException(hint is null ? text : $"{text} [{hint}]");
}
