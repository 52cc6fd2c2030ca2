namespace NetBootFabric.Content;

/// <param name="Root">The folder that TFTP and HTTP serve.</param>
public sealed record BootContentOptions(string Root)
{
    /// <summary>Files open at once at most, with those kept open for the next request.</summary>
    public int OpenFiles { get; init; } = 1024;
}
