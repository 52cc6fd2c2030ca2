namespace NetBootFabric.Actors.Actor;

/// <summary>Where an actor system is reached: <c>akka://name</c> when only in this process, else with host and port.</summary>
public sealed record Address(string Protocol, string System, string? Host = null, int? Port = null) : IComparable<Address>
{
    public bool HasLocalScope => string.IsNullOrEmpty(Host);

    public int CompareTo(Address? other) => string.CompareOrdinal(ToString(), other?.ToString());

    public override string ToString() => HasLocalScope ? $"{Protocol}://{System}" : $"{Protocol}://{System}@{Host}:{Port}";
}
