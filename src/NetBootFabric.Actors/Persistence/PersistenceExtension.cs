using System.Runtime.Serialization;
using NetBootFabric.Actors.Persistence.Store;

namespace NetBootFabric.Actors.Persistence;

/// <summary>A system's journal store, what goes into it as bytes, and the limit on recoveries at one time.</summary>
public sealed class PersistenceExtension : IExtension
{
    private readonly ActorSystemImpl _system;
    private readonly Lock _gate = new();
    private readonly Queue<IRecovery> _waiting = new();
    private int _permits;

    internal PersistenceExtension(ActorSystemImpl system)
    {
        _system = system;
        _permits = system.Setup.MaxConcurrentRecoveries;
    }

    internal IJournalStore Store => _system.Setup.JournalStore
        ?? throw new InvalidOperationException("This actor system has no journal store; set EmbeddedSetup.JournalStore");

    internal static PersistenceExtension Get(ActorSystem system) => ActorSystemImpl.Of(system).Extension(static inner => new PersistenceExtension(inner));

    /// <summary>Starts it at once, or when an earlier recovery has ended. Each start needs one <see cref="EndRecovery"/>.</summary>
    internal void BeginRecovery(IRecovery recovery)
    {
        lock (_gate)
        {
            if (_permits == 0)
            {
                _waiting.Enqueue(recovery);
                return;
            }
            _permits--;
        }
        recovery.Start();
    }

    internal void EndRecovery()
    {
        IRecovery? next;
        lock (_gate)
        {
            if (!_waiting.TryDequeue(out next)) _permits++;
        }
        next?.Start();
    }

    /// <exception cref="SerializationException">The object has no serializer, or its serializer refuses it.</exception>
    internal StoredItem ToStored(object item, long sequenceNr)
    {
        var serializer = _system.Serialization.FindSerializerFor(item);
        return new StoredItem(sequenceNr, serializer.Identifier, _system.Serialization.ManifestFor(serializer, item), serializer.ToBinary(item), _system.TimeProvider.GetUtcNow().UtcTicks);
    }

    internal object FromStored(in StoredItem stored)
    {
        var whole = System.Runtime.InteropServices.MemoryMarshal.TryGetArray(stored.Payload, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length;
        return _system.Serialization.Deserialize(whole ? segment.Array! : stored.Payload.ToArray(), stored.SerializerId, stored.Manifest);
    }
}

internal interface IRecovery
{
    void Start();
}
