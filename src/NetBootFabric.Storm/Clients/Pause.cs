namespace NetBootFabric.Storm.Clients;

/// <summary>A script sleeps.</summary>
internal sealed class Pause(TimeSpan length) : Step
{
    public override void Start(TimeSpan now) => Deadline = now + length;

    public override void Expire(TimeSpan now) => Done();
}
