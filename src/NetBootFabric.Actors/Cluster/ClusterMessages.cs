using System.Buffers.Binary;
using System.Runtime.Serialization;

namespace NetBootFabric.Actors.Cluster;

/// <summary>What the members' daemons tell each other.</summary>
internal interface IClusterMessage;

/// <summary>Something changed in the store that concerns you.</summary>
internal sealed record LookAtOnce : IClusterMessage
{
    public static readonly LookAtOnce Instance = new();
}

/// <summary>An operator wants you to leave.</summary>
internal sealed record LeaveNow : IClusterMessage
{
    public static readonly LeaveNow Instance = new();
}

/// <summary>My beats fail: do yours?</summary>
internal sealed record BeatPing(long Round, long Incarnation) : IClusterMessage;

internal sealed record BeatPong(long Round, BeatState State) : IClusterMessage;

/// <summary>How a member's last beat went.</summary>
internal enum BeatState : byte
{
    /// <summary>It has no incarnation at the moment, and can tell nothing.</summary>
    Unknown = 0,

    /// <summary>Accepted, not long ago.</summary>
    Fresh = 1,

    /// <summary>It failed, or is not answered.</summary>
    Failing = 2,

    /// <summary>It fenced the asker, or tried to, or knows that another did.</summary>
    Fenced = 3,
}

/// <summary>Rounds are little endian; what a later version adds stands behind and is not read.</summary>
internal sealed class ClusterSerializer(ExtendedActorSystem system) : Serialization.SerializerWithStringManifest(system)
{
    public override int Identifier => 5;

    public static IReadOnlyList<Type> Types { get; } = [typeof(IClusterMessage)];

    public override string Manifest(object o) => o switch
    {
        LookAtOnce => "K",
        LeaveNow => "L",
        BeatPing => "P",
        BeatPong => "O",
        _ => throw new SerializationException($"No message of the cluster's: {o.GetType()}"),
    };

    public override byte[] ToBinary(object obj)
    {
        switch (obj)
        {
            case BeatPing ping:
                var sixteen = new byte[2 * sizeof(long)];
                BinaryPrimitives.WriteInt64LittleEndian(sixteen, ping.Round);
                BinaryPrimitives.WriteInt64LittleEndian(sixteen.AsSpan(sizeof(long)), ping.Incarnation);
                return sixteen;
            case BeatPong pong:
                var nine = new byte[sizeof(long) + 1];
                BinaryPrimitives.WriteInt64LittleEndian(nine, pong.Round);
                nine[sizeof(long)] = (byte)pong.State;
                return nine;
            default:
                return [];
        }
    }

    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        "K" => LookAtOnce.Instance,
        "L" => LeaveNow.Instance,
        "P" when bytes.Length >= 2 * sizeof(long) => new BeatPing(BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(sizeof(long)))),
        "O" when bytes.Length > sizeof(long) && bytes[sizeof(long)] <= (byte)BeatState.Fenced =>
            new BeatPong(BinaryPrimitives.ReadInt64LittleEndian(bytes), (BeatState)bytes[sizeof(long)]),
        _ => throw new SerializationException($"No message of the cluster's: manifest [{manifest}], {bytes.Length} octets"),
    };
}
