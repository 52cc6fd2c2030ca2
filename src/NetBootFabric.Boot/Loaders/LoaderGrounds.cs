using NetBootFabric.Boot.Rooms;

namespace NetBootFabric.Boot.Loaders;

/// <summary>What a loader is chosen by, beside what its client says of itself.</summary>
internal readonly record struct LoaderGrounds(Profile? Profile, BootIntent Intent, BootServer Server)
{
    /// <summary>A profile that was read anew is another one.</summary>
    public bool AreThose(in LoaderGrounds others) => ReferenceEquals(Profile, others.Profile) && Intent == others.Intent && Server == others.Server;
}
