namespace NetBootFabric.Storm.Clients;

/// <summary>Takes no time: only says that a milestone is reached.</summary>
internal sealed class Passed : Step
{
    public override void Start(TimeSpan now) => Done();

    public override void Expire(TimeSpan now) => Done();
}
