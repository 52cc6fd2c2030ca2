using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.Serialization;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Ledger;

/// <summary>
/// All that is remembered of a client, in octets: what stays in memory of one without an actor, and what a ledger's snapshot holds. Version 1: the octet 1, the client's own fields,
/// the number of its boots, the boots, newest first. The MAC address stands outside. Fields are added under a new version, which is read one release before it is written.
/// </summary>
internal static class PackedClient
{
    private const byte Version = 1;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? s_buffer;

    /// <returns>Until this thread packs the next client.</returns>
    public static ReadOnlySpan<byte> Write(ClientState client)
    {
        var buffer = s_buffer ??= new ArrayBufferWriter<byte>(4096);
        buffer.ResetWrittenCount();
        var fields = new FieldWriter(buffer);
        fields.Number(Version);
        fields.Flag(client.OnceServed);
        fields.Signed(client.OnceOrder);
        fields.Signed(client.NextServed);
        Write(fields, client.Attributes);
        fields.Number(client.Current is null ? 0 : 1 + (uint)client.History.Length);
        if (client.Current is null) return buffer.WrittenSpan;
        Write(fields, client.Current);
        foreach (var boot in client.History) Write(fields, boot);
        return buffer.WrittenSpan;
    }

    /// <summary>The whole client.</summary>
    /// <exception cref="SerializationException">The octets are damaged, or a newer release wrote them.</exception>
    public static ClientState Read(MacAddress mac, ReadOnlySpan<byte> octets)
    {
        var fields = new FieldReader(octets);
        var client = ReadClient(mac, ref fields);
        var boots = fields.Count();
        if (boots == 0) return client;
        var current = ReadBoot(ref fields);
        var history = ImmutableArray.CreateBuilder<BootRecord>(boots - 1);
        while (history.Count < history.Capacity) history.Add(ReadBoot(ref fields));
        return client with { Current = current, History = history.MoveToImmutable() };
    }

    /// <summary>The client without its earlier boots.</summary>
    /// <exception cref="SerializationException">As <see cref="Read"/>.</exception>
    public static ClientState ReadLatest(MacAddress mac, ReadOnlySpan<byte> octets)
    {
        var fields = new FieldReader(octets);
        var client = ReadClient(mac, ref fields);
        return fields.Count() == 0 ? client : client with { Current = ReadBoot(ref fields) };
    }

    private static ClientState ReadClient(MacAddress mac, ref FieldReader fields)
    {
        if (fields.Number() is var version and not Version)
            throw new SerializationException($"{mac}: its record has version {version}, written by a newer release, or is damaged");
        return new ClientState
        {
            Mac = mac,
            OnceServed = fields.Flag(),
            OnceOrder = fields.Signed(),
            NextServed = fields.Signed(),
            Attributes = ReadAttributes(ref fields),
        };
    }

    private static void Write(FieldWriter fields, ClientAttributes attributes)
    {
        BootFields.Write(fields, attributes);
        fields.Number((uint)attributes.UuidStage);
        fields.Text(attributes.EarlierUuid);
        fields.Signed(attributes.UuidReturns);
    }

    private static ClientAttributes ReadAttributes(ref FieldReader fields) =>
        BootFields.ReadAttributes(ref fields) with { UuidStage = (ClientStage)fields.Number(), EarlierUuid = fields.Text(), UuidReturns = fields.Int() };

    private static void Write(FieldWriter fields, BootRecord boot)
    {
        BootFields.Write(fields, boot);
        fields.Signed(boot.SystemHeardAt is { } heard ? heard.UtcTicks : -1);
        fields.Text(boot.Conflict);
        fields.Text(boot.Remark);
        fields.Flag(boot.Held);
        fields.Flag(boot.AwaitsTurn);
        fields.Number((uint)boot.Order.Kind);
        fields.Signed(boot.Order.Number);
    }

    private static BootRecord ReadBoot(ref FieldReader fields)
    {
        var boot = BootFields.ReadBoot(ref fields);
        return boot with
        {
            SystemHeardAt = ReadMoment(ref fields),
            Conflict = fields.Text(),
            Remark = fields.Text(),
            Held = fields.Flag(),
            AwaitsTurn = fields.Flag(),
            Order = new BootOrder((BootOrderKind)fields.Number(), fields.Signed()),
        };
    }

    private static DateTimeOffset? ReadMoment(ref FieldReader fields) => fields.Signed() switch
    {
        < 0 => null,
        var ticks when ticks <= DateTimeOffset.MaxValue.UtcTicks => new DateTimeOffset(ticks, TimeSpan.Zero),
        _ => throw new SerializationException("a time is out of range"),
    };
}
