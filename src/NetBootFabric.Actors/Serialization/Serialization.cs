using System.Collections.Concurrent;
using System.Runtime.Serialization;

namespace NetBootFabric.Actors.Serialization;

/// <summary>The serializers of a system, by type and by identifier.</summary>
public sealed class Serialization
{
    private readonly Dictionary<int, Serializer> _byIdentifier = [];
    private readonly List<(Type Type, Serializer Serializer)> _bindings = [];
    private readonly ConcurrentDictionary<Type, Serializer?> _found = new();

    internal Serialization(ExtendedActorSystem system, IEnumerable<SerializerDetails> details)
    {
        Add(new PrimitiveSerializer(system), PrimitiveSerializer.Types);
        Add(new Remote.EngineSerializer(system), Remote.EngineSerializer.Types);
        Add(new Cluster.ClusterSerializer(system), Cluster.ClusterSerializer.Types);
        foreach (var detail in details) Add(detail.Serializer, detail.UseFor);
    }

    /// <exception cref="SerializationException">No serializer is bound to the object's type, a base type or an interface of it.</exception>
    public Serializer FindSerializerFor(object? obj) => obj is null
        ? throw new SerializationException("null can't be serialized")
        : FindSerializerForType(obj.GetType());

    public Serializer FindSerializerForType(Type objectType) => _found.GetOrAdd(objectType, static (type, all) => all.Choose(type), this)
        ?? throw new SerializationException($"No serializer is bound to {objectType}");

    /// <summary>The name of the object's type that is stored beside its bytes.</summary>
    public string ManifestFor(Serializer serializer, object o) => serializer switch
    {
        SerializerWithStringManifest named => named.Manifest(o),
        { IncludeManifest: true } => o.GetType().AssemblyQualifiedName!,
        _ => "",
    };

    /// <exception cref="SerializationException">The identifier is unknown, or the serializer refuses the bytes.</exception>
    public object Deserialize(byte[] bytes, int serializerId, string manifest)
    {
        if (!_byIdentifier.TryGetValue(serializerId, out var serializer)) throw new SerializationException($"No serializer has the identifier {serializerId} (manifest [{manifest}])");
        if (serializer is SerializerWithStringManifest named) return named.FromBinary(bytes, manifest);
        var type = Type.GetType(manifest) ?? throw new SerializationException($"Unknown type [{manifest}]");
        return serializer.FromBinary(bytes, type);
    }

    private void Add(Serializer serializer, IEnumerable<Type> types)
    {
        if (!_byIdentifier.TryAdd(serializer.Identifier, serializer)) throw new ArgumentException($"Two serializers have the identifier {serializer.Identifier}");
        foreach (var type in types) _bindings.Add((type, serializer));
    }

    // The most derived binding wins.
    private Serializer? Choose(Type type)
    {
        var fitting = _bindings.Where(binding => binding.Type.IsAssignableFrom(type)).ToList();
        return fitting.FirstOrDefault(binding => fitting.All(other => other.Type.IsAssignableFrom(binding.Type))).Serializer
            ?? fitting.FirstOrDefault().Serializer;
    }
}
