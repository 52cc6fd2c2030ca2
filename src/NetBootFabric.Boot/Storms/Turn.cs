namespace NetBootFabric.Boot.Storms;

/// <summary>What a client that wants to load its system is told: go on, or wait.</summary>
/// <param name="Position">How many are to go until it is its turn, itself included; 0: now.</param>
/// <param name="Wait">About how long that takes.</param>
/// <param name="AskAgain">After how long it asks again.</param>
public readonly record struct Turn(int Position, TimeSpan Wait, TimeSpan AskAgain)
{
    public static readonly Turn Now;

    public bool Waits => Position > 0;
}
