namespace NetBootFabric.Storm.Clients;

/// <summary>The boot can't go on.</summary>
internal sealed class DeadEnd(Failure failure) : Step
{
    public override void Start(TimeSpan now) => Fail(failure.Step, failure.Detail);

    public override void Expire(TimeSpan now) => Start(now);
}
