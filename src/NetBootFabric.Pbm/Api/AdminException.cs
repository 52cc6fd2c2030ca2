namespace NetBootFabric.Pbm.Api;

/// <summary>A call failed; the message says what to do.</summary>
internal sealed class AdminException(string message, int exitCode) : Exception(message)
{
    public const int Refused = 1;
    public const int Unreachable = 2;

    public int ExitCode { get; } = exitCode;
}
