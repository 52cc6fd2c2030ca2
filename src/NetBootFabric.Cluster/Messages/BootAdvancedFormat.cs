using System.Buffers;
using NetBootFabric.Boot.Clients;

namespace NetBootFabric.Cluster.Messages;

/// <summary>
/// The stored form of <see cref="BootAdvanced"/>, version 2 (version 1 is JSON). Every boot writes several, so it is small: some 130 octets instead of 900.
/// Enumerations are stored by number: members may be added at the end only. Fields too: a reader that knows fewer stops early, one that knows more
/// must find out that they are not there.
/// </summary>
internal static class BootAdvancedFormat
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? s_buffer;

    public static byte[] Write(BootAdvanced stored)
    {
        var buffer = s_buffer ??= new ArrayBufferWriter<byte>(1024);
        buffer.ResetWrittenCount();
        var fields = new FieldWriter(buffer);
        fields.Flag(stored.OnceServed);
        BootFields.Write(fields, stored.Attributes);
        BootFields.Write(fields, stored.Boot);
        WriteLater(fields, stored);
        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="System.Runtime.Serialization.SerializationException">The octets are not a whole event.</exception>
    public static BootAdvanced Read(ReadOnlySpan<byte> octets)
    {
        var fields = new FieldReader(octets);
        var onceServed = fields.Flag();
        var attributes = BootFields.ReadAttributes(ref fields);
        var stored = new BootAdvanced(BootFields.ReadBoot(ref fields), attributes, onceServed);
        return fields.IsAtEnd ? stored : ReadLater(ref fields, stored);
    }

    /// <summary>Fields that came with later releases; new ones go behind these.</summary>
    private static void WriteLater(FieldWriter fields, BootAdvanced stored)
    {
        fields.Signed(stored.Boot.SystemHeardAt is { } heard ? heard.UtcTicks : 0);
        fields.Text(stored.Boot.Conflict);
        fields.Number((uint)stored.Attributes.UuidStage);
        fields.Text(stored.Attributes.EarlierUuid);
        fields.Signed(stored.Attributes.UuidReturns);
        fields.Flag(stored.Boot.Held);
        fields.Number((uint)stored.Boot.Order.Kind);
        fields.Signed(stored.Boot.Order.Number);
        fields.Signed(stored.OnceOrder);
        fields.Signed(stored.NextServed);
    }

    private static BootAdvanced ReadLater(ref FieldReader fields, BootAdvanced stored)
    {
        var heard = fields.Time();
        var boot = stored.Boot with { SystemHeardAt = heard.UtcTicks == 0 ? null : heard, Conflict = fields.Text() };
        var attributes = stored.Attributes with { UuidStage = (ClientStage)fields.Number(), EarlierUuid = fields.Text(), UuidReturns = fields.Int() };
        stored = stored with { Boot = boot, Attributes = attributes };
        return fields.IsAtEnd ? stored : ReadOrders(ref fields, stored);
    }

    private static BootAdvanced ReadOrders(ref FieldReader fields, BootAdvanced stored)
    {
        var boot = stored.Boot with { Held = fields.Flag(), Order = new BootOrder((BootOrderKind)fields.Number(), fields.Signed()) };
        return stored with { Boot = boot, OnceOrder = fields.Signed(), NextServed = fields.Signed() };
    }
}
