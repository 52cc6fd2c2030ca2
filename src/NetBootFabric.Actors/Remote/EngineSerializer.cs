using System.Runtime.Serialization;
using System.Text;

namespace NetBootFabric.Actors.Remote;

/// <summary>The engine's own messages that may cross nodes: who is there, how it went, and stop.</summary>
internal sealed class EngineSerializer(ExtendedActorSystem system) : Serialization.SerializerWithStringManifest(system)
{
    public override int Identifier => 16;

    public static IReadOnlyList<Type> Types { get; } = [typeof(Identify), typeof(ActorIdentity), typeof(Status), typeof(PoisonPill), typeof(Done)];

    public override string Manifest(object o) => o switch
    {
        Identify => "I",
        ActorIdentity => "A",
        Status.Success => "S",
        Status.Failure => "F",
        PoisonPill => "P",
        Done => "D",
        _ => throw new SerializationException($"Not the engine's: {o.GetType()}"),
    };

    // An identity carries its subject's path; the message id does not cross, since whoever asks has one question open.
    public override byte[] ToBinary(object obj) => obj switch
    {
        ActorIdentity { Subject: { } subject } => Encoding.UTF8.GetBytes($"{subject.Path}#{subject.Path.Uid}"),
        Status.Failure failure => Encoding.UTF8.GetBytes(failure.Cause is null ? "" : $"{failure.Cause.GetType().Name}: {failure.Cause.Message}"),
        Status.Success success => Nested(success.Status),
        _ => [],
    };

    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        "I" => new Identify(""),
        "A" => new ActorIdentity("", bytes.Length == 0 ? null : ActorSystemImpl.Of(system).Resolve(Encoding.UTF8.GetString(bytes))),
        "S" => new Status.Success(Nested(bytes)),
        "F" => new Status.Failure(new AkkaException(Encoding.UTF8.GetString(bytes))),
        "P" => PoisonPill.Instance,
        "D" => Done.Instance,
        _ => throw new SerializationException($"Not the engine's: manifest [{manifest}]"),
    };

    private byte[] Nested(object status)
    {
        var serializer = system.Serialization.FindSerializerFor(status);
        var frame = new RemoteFrame(FrameKind.Tell, 0, "", "", "", serializer.Identifier, system.Serialization.ManifestFor(serializer, status), serializer.ToBinary(status));
        var bytes = new byte[frame.LengthBound];
        return bytes[..frame.Write(bytes)];
    }

    private object Nested(byte[] bytes)
    {
        var frame = RemoteFrame.Read(bytes, out var fault) ?? throw new SerializationException($"A status without content: {fault}");
        return system.Serialization.Deserialize(frame.Payload.ToArray(), frame.Serializer, frame.Manifest);
    }
}
