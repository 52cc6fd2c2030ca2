using NetBootFabric.Testing.Captures;

namespace NetBootFabric.Storm.Tests;

/// <summary>What loaders sent in QEMU to a head node, and only that: the folder Captures.</summary>
internal static class OwnCaptures
{
    public static IEnumerable<byte[]> Frames(string capture) => PcapngReader.Read(Path.Combine(AppContext.BaseDirectory, "Captures", $"{capture}.pcapng")).Select(frame => frame.Octets);
}
