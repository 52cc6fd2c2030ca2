using NetBootFabric.Storm.Content;

namespace NetBootFabric.Storm.Clients;

/// <summary>What the user chose for all clients.</summary>
internal sealed record CourseSettings
{
    /// <summary>REQUEST as soon as an OFFER is there, whatever the firmware would wait for.</summary>
    public bool Eager { get; init; }

    /// <summary>As firmware and loaders that know nothing of options 175.81 and 175.176: they wait for a proxyDHCP server and ask again.</summary>
    public bool WithoutShortcuts { get; init; }

    /// <summary>What downloads are compared with.</summary>
    public ContentLibrary Library { get; init; } = new(null);

    /// <summary>How long a client waits for the next octet by HTTP.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a machine whose boot failed begins anew by itself.</summary>
    public int Restarts { get; init; }

    /// <summary>A server may let clients wait by scripts that chain themselves.</summary>
    public int MostScripts { get; init; } = 10_000;
}
