namespace NetBootFabric.Boot.Leases;

/// <summary>What a store found of the wall clock when it was opened.</summary>
/// <param name="Jump">How far the clock is from where it should be, as far as that can be known; positive: ahead.</param>
/// <param name="IsCertain">False: the machine was started anew meanwhile, and the clock may tell the truth. Leases then run for what they had left, and those that the clock would have ended are asked for by ARP.</param>
public sealed record ClockFinding(TimeSpan Jump, bool IsCertain)
{
    public static ClockFinding None { get; } = new(TimeSpan.Zero, IsCertain: true);
}
