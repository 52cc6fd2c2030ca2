using System.Text;

namespace NetBootFabric.HttpBoot.Requests;

/// <summary>A request target, and what it stands for.</summary>
internal sealed class KnownTarget
{
    private readonly byte[] _octets;

    public KnownTarget(ReadOnlySpan<byte> octets)
    {
        _octets = octets.ToArray();
        Raw = Encoding.ASCII.GetString(octets);
        IsValid = RequestTarget.TryParse(Raw, out var target);
        Target = target;
        if (IsValid && ReportTarget.TryParse(target.Path, out var report)) Report = report;
    }

    public string Raw { get; }
    public bool IsValid { get; }
    public RequestTarget Target { get; }
    public ReportTarget? Report { get; }

    public bool Is(ReadOnlySpan<byte> octets) => octets.SequenceEqual(_octets);
}

/// <summary>The targets asked for of late, so that a thousand clients of one kernel have its name decoded once. For one thread; of constant size.</summary>
internal sealed class KnownTargets
{
    // A power of two. Names that fall on one place throw each other out.
    private const int Places = 1024;

    /// <summary>In octets: longer ones are not remembered, which bounds the memory to some 600 kB.</summary>
    private const int Longest = 256;

    private readonly KnownTarget?[] _places = new KnownTarget?[Places];

    public KnownTarget Of(ReadOnlySpan<byte> octets)
    {
        if (octets.Length > Longest) return new KnownTarget(octets);
        var hash = new HashCode(); // seeded: nobody can aim at one place
        hash.AddBytes(octets);
        ref var place = ref _places[hash.ToHashCode() & (Places - 1)];
        if (place?.Is(octets) != true) place = new KnownTarget(octets);
        return place;
    }
}
