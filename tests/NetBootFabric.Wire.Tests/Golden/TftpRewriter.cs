using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Wire.Tests.Golden;

/// <summary>Writes what a view shows, through the writer's typed calls.</summary>
internal static class TftpRewriter
{
    public static bool TryRewrite(in TftpPacket packet, Span<byte> buffer, out int length) => packet.Opcode switch
    {
        TftpOpcode.Data => TftpWriter.TryWriteData(buffer, packet.Block, packet.Data, out length),
        TftpOpcode.Ack => TftpWriter.TryWriteAck(buffer, packet.Block, out length),
        TftpOpcode.Error => TftpWriter.TryWriteError(buffer, packet.ErrorCode, packet.Data, out length),
        TftpOpcode.OptionAck => TryFinish(TftpWriter.OptionAck(buffer), packet.Options, out length),
        TftpOpcode.WriteRequest => TryFinish(TftpWriter.WriteRequest(buffer, packet.FileName, packet.Mode), packet.Options, out length),
        _ => TryFinish(TftpWriter.ReadRequest(buffer, packet.FileName, packet.Mode), packet.Options, out length),
    };

    private static bool TryFinish(TftpWriter writer, TftpOptionList options, out int length)
    {
        foreach (var option in options) writer.AddOption(option.Name, option.Value);
        return writer.TryFinish(out length);
    }
}
