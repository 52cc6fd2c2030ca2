namespace NetBootFabric.Testing.Virtual;

/// <summary>Between Akka.Persistence's objects and what is stored.</summary>
internal sealed class StoredItems(ActorSystem system)
{
    public StoredItem Write(long sequenceNr, object payload)
    {
        var serializer = system.Serialization.FindSerializerFor(payload);
        return new StoredItem(sequenceNr, serializer.Identifier, Serialization.ManifestFor(serializer, payload), serializer.ToBinary(payload), system.Scheduler.Now);
    }

    public object Read(StoredItem item) => system.Serialization.Deserialize(item.Payload, item.SerializerId, item.Manifest);
}
