using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NetBootFabric.Cluster.Ledger;

namespace NetBootFabric.Cluster.Messages;

/// <summary>
/// The one serializer of the fabric's messages and events. A manifest is a name and a version; a changed meaning gets a new version,
/// which is read one release before it is written.
/// </summary>
public sealed class FabricSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private static readonly FrozenDictionary<string, JsonTypeInfo> ByManifest = new Dictionary<string, JsonTypeInfo>
    {
        ["boot-advanced:1"] = FabricJson.Default.BootAdvanced,
        ["client-state:1"] = FabricJson.Default.ClientState,
        ["dhcp-arrived:1"] = FabricJson.Default.DhcpArrived,
        ["dhcp-answer:1"] = FabricJson.Default.DhcpAnswer,
        ["dhcp-dismissed:1"] = FabricJson.Default.DhcpDismissed,
        ["transfer-seen:1"] = FabricJson.Default.TransferSeen,
        ["arp-seen:1"] = FabricJson.Default.ArpSeen,
        ["system-reported:1"] = FabricJson.Default.SystemReported,
        ["wake:1"] = FabricJson.Default.Wake,
        ["get-client:1"] = FabricJson.Default.GetClient,
        ["stop-client:1"] = FabricJson.Default.StopClient,
        ["head-facts:1"] = FabricJson.Default.HeadFacts,
        ["catalog-changed:1"] = FabricJson.Default.CatalogChanged,
        ["lease-bulletin:1"] = FabricJson.Default.LeaseBulletin,
        ["transfer-bulletin:1"] = FabricJson.Default.TransferBulletin,
        ["follow-phases:1"] = FabricJson.Default.FollowPhases,
        ["phase-bulletin:1"] = FabricJson.Default.PhaseBulletin,
        ["head-question:1"] = FabricJson.Default.HeadQuestion,
        ["head-answer:1"] = FabricJson.Default.HeadAnswer,
        ["look-at-once:1"] = FabricJson.Default.LookAtOnce,
        ["beat-ping:1"] = FabricJson.Default.BeatPing,
        ["beat-pong:1"] = FabricJson.Default.BeatPong,
        ["start-shard:1"] = FabricJson.Default.StartShard,
    }.ToFrozenDictionary();

    /// <summary>Not JSON, and written instead of version 1.</summary>
    private const string BinaryBootAdvanced = "boot-advanced:2";

    private const string LedgerEvent = "ledger-written:1";
    private const string LedgerRecords = "ledger-snapshot:1";

    private static readonly FrozenDictionary<Type, string> ManifestOf = ByManifest
        .Select(pair => KeyValuePair.Create(pair.Value.Type, pair.Value.Type == typeof(BootAdvanced) ? BinaryBootAdvanced : pair.Key))
        .Append(KeyValuePair.Create(typeof(LedgerWritten), LedgerEvent)).Append(KeyValuePair.Create(typeof(LedgerSnapshot), LedgerRecords))
        .ToFrozenDictionary();

    /// <summary>The types it takes, for the engine's bindings.</summary>
    public static IEnumerable<Type> Types => ManifestOf.Keys;

    /// <summary>Part of the stored format: never changes.</summary>
    public override int Identifier => 7701;

    public override string Manifest(object o) =>
        ManifestOf.GetValueOrDefault(o.GetType()) ?? throw new ArgumentException($"{o.GetType()} is not a message of the fabric");

    public override byte[] ToBinary(object obj) => obj switch
    {
        BootAdvanced stored => BootAdvancedFormat.Write(stored),
        LedgerWritten written => Whole(written.Pack),
        LedgerSnapshot snapshot => Whole(snapshot.Pack),
        _ => JsonSerializer.SerializeToUtf8Bytes(obj, ByManifest[Manifest(obj)]),
    };

    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (manifest == BinaryBootAdvanced) return BootAdvancedFormat.Read(bytes);
        if (manifest == LedgerEvent) return new LedgerWritten(bytes);
        if (manifest == LedgerRecords) return new LedgerSnapshot(bytes);
        if (!ByManifest.TryGetValue(manifest, out var type))
            throw new SerializationException($"'{manifest}' was written by a newer release; upgrade this head node");
        return JsonSerializer.Deserialize(bytes, type) ?? throw new SerializationException($"'{manifest}' holds null");
    }

    /// <summary>Without a copy where it is an array of its own.</summary>
    private static byte[] Whole(ReadOnlyMemory<byte> pack) =>
        MemoryMarshal.TryGetArray(pack, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length ? segment.Array : pack.ToArray();
}
