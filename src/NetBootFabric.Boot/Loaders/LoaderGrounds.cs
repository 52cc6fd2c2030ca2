using NetBootFabric.Boot.Rooms;

namespace NetBootFabric.Boot.Loaders;

/// <summary>What a boot file is chosen by, beside what its client says of itself.</summary>
/// <param name="Settings">The profile's over the groups' over the subnet's.</param>
internal readonly record struct LoaderGrounds(Profile? Profile, BootIntent Intent, BootServer Server, DhcpSettings Settings)
{
    /// <summary>A profile that was read anew is another one.</summary>
    public bool AreThose(in LoaderGrounds others) =>
        ReferenceEquals(Profile, others.Profile) && ReferenceEquals(Settings, others.Settings) && Intent == others.Intent && Server == others.Server;
}
