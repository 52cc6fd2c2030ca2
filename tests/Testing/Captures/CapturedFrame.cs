namespace NetBootFabric.Testing.Captures;

/// <summary>One frame of a capture.</summary>
/// <param name="Number">From 1, as tshark counts.</param>
/// <param name="Time">Since the epoch of the capture's clock.</param>
/// <param name="Octets">What was kept.</param>
/// <param name="OriginalLength">What was on the wire; more than the octets when the capture was trimmed.</param>
public sealed record CapturedFrame(int Number, TimeSpan Time, byte[] Octets, int OriginalLength)
{
    public bool IsTrimmed => Octets.Length < OriginalLength;
}
