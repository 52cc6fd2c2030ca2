namespace NetBootFabric.Actors.Actor;

public static class GracefulStopSupport
{
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) => target.GracefulStop(timeout, PoisonPill.Instance);

    /// <summary>Sends the stop message; true once the actor has stopped.</summary>
    /// <exception cref="TaskCanceledException">It has not stopped within the time.</exception>
    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        var actor = InternalActorRef.Of(target);
        var promise = new PromiseActorRef<Terminated>(actor.System);
        promise.ExpireAfter(timeout, target, stopMessage);
        actor.SendSystemMessage(new Watch(actor, promise));
        target.Tell(stopMessage, ActorRefs.NoSender);
        try
        {
            await promise.Answer;
            return true;
        }
        catch (AskTimeoutException)
        {
            actor.SendSystemMessage(new Unwatch(promise));
            throw new TaskCanceledException($"{target} has not stopped within {timeout}");
        }
    }
}
