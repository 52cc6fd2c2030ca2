namespace NetBootFabric.Storm.Network;

/// <summary>Where finished Ethernet frames go: an interface, or a test's wire.</summary>
internal interface IFrameSink
{
    /// <param name="frame">Valid during the call only.</param>
    void Send(ReadOnlySpan<byte> frame);
}
