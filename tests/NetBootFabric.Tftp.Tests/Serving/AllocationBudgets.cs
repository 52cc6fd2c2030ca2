namespace NetBootFabric.Tftp.Tests.Serving;

/// <summary>What serving may allocate on the managed heap, in octets: a test fails when it is more.</summary>
internal static class AllocationBudgets
{
    public const long Block = 0;

    /// <summary>From the request to the last ACK on the worker's thread: the session with its place in the governor's lists, the transfer, its reports and the end's note. The file's opening is not in it.</summary>
    public const long Transfer = 3 * 1024;
}
