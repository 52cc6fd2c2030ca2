using System.Text.Json;
using System.Text.Json.Serialization;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Messages;

/// <summary>The stored and cross-node form of the closed set of messages. Fields are only ever added; a reader ignores what it doesn't know.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    Converters = [typeof(MacAddressJson), typeof(Ipv4AddressJson)])]
[JsonSerializable(typeof(BootAdvanced))]
[JsonSerializable(typeof(ClientState))]
[JsonSerializable(typeof(DhcpArrived))]
[JsonSerializable(typeof(TransferSeen))]
[JsonSerializable(typeof(ArpSeen))]
[JsonSerializable(typeof(SystemReported))]
[JsonSerializable(typeof(Wake))]
[JsonSerializable(typeof(GetClient))]
[JsonSerializable(typeof(DhcpAnswer))]
[JsonSerializable(typeof(DhcpDismissed))]
[JsonSerializable(typeof(StopClient))]
[JsonSerializable(typeof(HeadFacts))]
[JsonSerializable(typeof(CatalogChanged))]
[JsonSerializable(typeof(LeaseBulletin))]
[JsonSerializable(typeof(HeadQuestion))]
[JsonSerializable(typeof(TransferBulletin))]
[JsonSerializable(typeof(FollowPhases))]
[JsonSerializable(typeof(PhaseBulletin))]
[JsonSerializable(typeof(HeadAnswer))]
[JsonSerializable(typeof(LookAtOnce))]
[JsonSerializable(typeof(BeatPing))]
[JsonSerializable(typeof(BeatPong))]
[JsonSerializable(typeof(StartShard))]
internal sealed partial class FabricJson : JsonSerializerContext;

internal sealed class MacAddressJson : JsonConverter<MacAddress>
{
    public override MacAddress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        MacAddress.TryParse(reader.GetString(), out var address) ? address : throw new JsonException("not a MAC address");

    public override void Write(Utf8JsonWriter writer, MacAddress value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

internal sealed class Ipv4AddressJson : JsonConverter<Ipv4Address>
{
    public override Ipv4Address Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Ipv4Address.TryParse(reader.GetString(), out var address) ? address : throw new JsonException("not an IPv4 address");

    public override void Write(Utf8JsonWriter writer, Ipv4Address value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
