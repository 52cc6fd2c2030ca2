using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;

namespace NetBootFabric.HttpBoot.Responses;

/// <summary>What a content error is in HTTP and in the boot's story.</summary>
internal readonly record struct ResponseStatus(int Code, TransferFailure Failure, string Reason)
{
    public static readonly ResponseStatus BadRequest = new(400, TransferFailure.BadPath, "bad path");
    public static readonly ResponseStatus Broken = new(500, TransferFailure.ReadError, "cannot be read");

    public static ResponseStatus Of(ContentError error) => error switch
    {
        ContentError.NotFound => new(404, TransferFailure.NotFound, "not found"),
        ContentError.BadPath => BadRequest,
        ContentError.AccessDenied => new(403, TransferFailure.AccessDenied, "access denied"),
        ContentError.UnknownClient => new(404, TransferFailure.UnknownClient, "this client is not known here"),
        ContentError.TooManyOpen => new(503, TransferFailure.TooBusy, "too busy, try again"),
        ContentError.Misconfigured => new(500, TransferFailure.Misconfigured, "misconfigured"),
        _ => Broken,
    };
}
