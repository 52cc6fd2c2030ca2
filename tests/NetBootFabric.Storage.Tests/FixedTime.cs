namespace NetBootFabric.Storage.Tests;

/// <summary>A clock that stands until it is set.</summary>
internal sealed class FixedTime : TimeProvider
{
    public DateTimeOffset Now { get; set; } = Waiting.Start;

    public override DateTimeOffset GetUtcNow() => Now;
}
