using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace NetBootFabric.Actors.Remote;

/// <summary>
/// A message on its way between two members. As bytes: version 1, kind, hops (an octet each), recipient, entity and sender (each a little endian length of 16 bit and
/// UTF-8), the serializer's identifier (32 bit), its manifest (as the texts before), and the serialized message up to the end.
/// </summary>
/// <param name="Hops">How often an entity's message was passed on, this frame included.</param>
/// <param name="Recipient">The path of an actor of the receiver, without address; with <c>#</c> and its uid when that incarnation alone is meant.</param>
/// <param name="Entity">The entity behind the region that is the recipient; empty with <see cref="FrameKind.Tell"/>.</param>
/// <param name="Sender">The sender's path with its address; empty: none.</param>
internal sealed record RemoteFrame(FrameKind Kind, byte Hops, string Recipient, string Entity, string Sender, int Serializer, string Manifest, ReadOnlyMemory<byte> Payload)
{
    public const byte Version = 1;

    // 15 = 3 octets + 4 lengths of 2 + 4 of the serializer
    private const int FixedLength = 15;

    /// <summary>Longer texts are refused: a path is some hundred octets.</summary>
    public const int MaxText = 4096;

    /// <summary>At least as long as the frame.</summary>
    public int LengthBound => FixedLength + Encoding.UTF8.GetMaxByteCount(Recipient.Length + Entity.Length + Sender.Length + Manifest.Length) + Payload.Length;

    /// <summary>Gives the length; 0: a text is too long.</summary>
    public int Write(Span<byte> frame)
    {
        frame[0] = Version;
        frame[1] = (byte)Kind;
        frame[2] = Hops;
        var at = 3;
        if (!WriteText(Recipient, frame, ref at) || !WriteText(Entity, frame, ref at) || !WriteText(Sender, frame, ref at)) return 0;
        BinaryPrimitives.WriteInt32LittleEndian(frame[at..], Serializer);
        at += sizeof(int);
        if (!WriteText(Manifest, frame, ref at)) return 0;
        Payload.Span.CopyTo(frame[at..]);
        return at + Payload.Length;
    }

    /// <summary>Null, with the reason, when it is no frame of this version.</summary>
    public static RemoteFrame? Read(ReadOnlySpan<byte> frame, out FrameFault fault)
    {
        fault = FrameFault.Truncated;
        if (frame.Length < FixedLength) return null;
        if (frame[0] != Version || frame[1] > (byte)FrameKind.Entity)
        {
            fault = frame[0] != Version ? FrameFault.UnknownVersion : FrameFault.UnknownKind;
            return null;
        }
        var at = 3;
        if (!ReadText(frame, ref at, ref fault, out var recipient) || !ReadText(frame, ref at, ref fault, out var entity) || !ReadText(frame, ref at, ref fault, out var sender)) return null;
        if (frame.Length - at < sizeof(int)) return null;
        var serializer = BinaryPrimitives.ReadInt32LittleEndian(frame[at..]);
        at += sizeof(int);
        if (!ReadText(frame, ref at, ref fault, out var manifest)) return null;
        return new RemoteFrame((FrameKind)frame[1], frame[2], recipient, entity, sender, serializer, manifest, frame[at..].ToArray());
    }

    private static bool WriteText(string text, Span<byte> frame, ref int at)
    {
        var length = Encoding.UTF8.GetBytes(text, frame[(at + sizeof(ushort))..]);
        if (length > MaxText) return false;
        BinaryPrimitives.WriteUInt16LittleEndian(frame[at..], (ushort)length);
        at += sizeof(ushort) + length;
        return true;
    }

    private static bool ReadText(ReadOnlySpan<byte> frame, ref int at, ref FrameFault fault, out string text)
    {
        text = "";
        if (frame.Length - at < sizeof(ushort)) return false;
        var length = BinaryPrimitives.ReadUInt16LittleEndian(frame[at..]);
        at += sizeof(ushort);
        if (frame.Length - at < length) return false;
        var bytes = frame.Slice(at, length);
        if (length > MaxText || !Utf8.IsValid(bytes))
        {
            fault = FrameFault.BadText;
            return false;
        }
        text = Encoding.UTF8.GetString(bytes);
        at += length;
        return true;
    }
}

internal enum FrameKind : byte
{
    /// <summary>For the actor at the recipient's path.</summary>
    Tell = 0,

    /// <summary>For an entity of the region at the recipient's path.</summary>
    Entity = 1,
}

/// <summary>Why a frame was dropped.</summary>
internal enum FrameFault
{
    Truncated = 0,
    UnknownVersion,
    UnknownKind,
    BadText,

    /// <summary>No serializer made an object of it.</summary>
    Undecodable,
}
