using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Tftp.Serving;

/// <summary>What a client is told when it can't have what it asked for, and what the fabric is told.</summary>
internal readonly ref struct Refusal(TransferFailure failure, TftpErrorCode code, ReadOnlySpan<byte> message)
{
    public TransferFailure Failure { get; } = failure;
    public TftpErrorCode Code { get; } = code;
    public ReadOnlySpan<byte> Message { get; } = message;

    /// <summary>What this head node has under the name is not what the client has the beginning of.</summary>
    public static Refusal Changed => new(TransferFailure.ReadError, TftpErrorCode.NotDefined, "the file has changed"u8);

    /// <summary>Loaders try many names and go on after "not found" (PXELINUX: up to ten), so the usual answer is that.</summary>
    public static Refusal For(ContentError error) => error switch
    {
        ContentError.BadPath => new Refusal(TransferFailure.BadPath, TftpErrorCode.AccessViolation, "bad path"u8),
        ContentError.AccessDenied => new Refusal(TransferFailure.AccessDenied, TftpErrorCode.AccessViolation, "access denied"u8),
        ContentError.UnknownClient => new Refusal(TransferFailure.UnknownClient, TftpErrorCode.FileNotFound, "unknown client"u8),
        ContentError.Misconfigured => new Refusal(TransferFailure.Misconfigured, TftpErrorCode.NotDefined, "misconfigured, see the server"u8),
        ContentError.TooManyOpen => new Refusal(TransferFailure.TooBusy, TftpErrorCode.NotDefined, "too many open files"u8),
        _ => new Refusal(TransferFailure.NotFound, TftpErrorCode.FileNotFound, "file not found"u8),
    };
}
