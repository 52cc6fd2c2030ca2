using System.Runtime.Serialization;

namespace NetBootFabric.Actors.Serialization;

/// <summary>Turns objects into bytes and back. <see cref="Identifier"/> is stored with the bytes and never changes its meaning.</summary>
public abstract class Serializer(ExtendedActorSystem system)
{
    protected readonly ExtendedActorSystem system = system;

    /// <summary>0 to 40 are the engine's own.</summary>
    public virtual int Identifier => throw new NotSupportedException($"{GetType()} has to override Identifier");

    public abstract bool IncludeManifest { get; }

    public abstract byte[] ToBinary(object obj);

    public abstract object FromBinary(byte[] bytes, Type type);
}

/// <summary>A serializer that names types by strings of its own, so that types may be renamed.</summary>
public abstract class SerializerWithStringManifest(ExtendedActorSystem system) : Serializer(system)
{
    public sealed override bool IncludeManifest => true;

    public sealed override object FromBinary(byte[] bytes, Type type) => FromBinary(bytes, type.AssemblyQualifiedName ?? type.Name);

    /// <exception cref="SerializationException">The manifest is unknown, or the bytes are no such object.</exception>
    public abstract object FromBinary(byte[] bytes, string manifest);

    public abstract string Manifest(object o);
}

/// <summary>A serializer and the types it is used for, their subtypes too.</summary>
public sealed class SerializerDetails
{
    private SerializerDetails(string alias, Serializer serializer, System.Collections.Immutable.ImmutableHashSet<Type> useFor) =>
        (Alias, Serializer, UseFor) = (alias, serializer, useFor);

    public string Alias { get; }
    public Serializer Serializer { get; }
    public System.Collections.Immutable.ImmutableHashSet<Type> UseFor { get; }

    public static SerializerDetails Create(string alias, Serializer serializer, System.Collections.Immutable.ImmutableHashSet<Type> useFor) =>
        new(alias, serializer, useFor);
}
