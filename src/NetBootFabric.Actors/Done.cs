namespace NetBootFabric.Actors;

/// <summary>The result of a task that has none.</summary>
public sealed class Done
{
    private Done() { }

    public static readonly Done Instance = new();
}
