using NetBootFabric.AdminApi.Doctor;

namespace NetBootFabric.Node.Doctor;

/// <summary>What one check saw.</summary>
/// <param name="State">As <see cref="DoctorRoutes"/> has them.</param>
/// <param name="Remedy">What to do; null: nothing.</param>
internal sealed record Finding(string State, string Seen, string? Remedy)
{
    public static Finding Ok(string seen) => new(DoctorRoutes.Ok, seen, null);

    public static Finding Advice(string seen, string remedy) => new(DoctorRoutes.Advice, seen, remedy);

    public static Finding Broken(string seen, string remedy) => new(DoctorRoutes.Broken, seen, remedy);
}

/// <summary>One thing to look at on this host or its networks.</summary>
internal interface IDoctorCheck
{
    /// <summary>What is looked at, for people.</summary>
    string Name { get; }

    /// <summary>Looks, for some seconds at most, in the network namespace that the calling thread is in.</summary>
    IEnumerable<Finding> Look();
}
