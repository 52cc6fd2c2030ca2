namespace NetBootFabric.Node.Admin;

/// <summary>What a caller of the admin API may take of this head node.</summary>
internal sealed record AdminLimits
{
    /// <summary>Octets of a body, unless the call says otherwise.</summary>
    public const long Body = 1 << 20;

    public int Connections { get; init; } = 512;

    /// <summary>A reader that takes nothing for so long, or less than <see cref="SlowestReader"/>, is cut.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Octets a second.</summary>
    public double SlowestReader { get; init; } = 4096;

    /// <summary>Octets that the kernel keeps for a reader: with some 64 KiB of Kestrel's all that a slow one can take. Linux doubles it.</summary>
    public int SendBuffer { get; init; } = 128 << 10;
}
