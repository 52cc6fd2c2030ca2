using Microsoft.Win32.SafeHandles;
using NetBootFabric.Boot.Events;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Content;

/// <summary>What TFTP and HTTP serve: files under one root, loaders from the distribution, and what is rendered for one client.</summary>
public interface IBootContent
{
    /// <summary>Finds what <paramref name="request"/> names. Never throws for a bad name: the result says what is wrong.</summary>
    ValueTask<ContentResult> OpenAsync(ContentRequest request, CancellationToken cancellation);
}

/// <param name="Path">As the client sent it, percent-decoded, without query.</param>
/// <param name="Peer">The client's address.</param>
/// <param name="Local">Our address that the client spoke to: URLs in scripts name it.</param>
public readonly record struct ContentRequest(string Path, Ipv4Address Peer, Ipv4Address Local, TransferProtocol Protocol);

/// <summary>Either <see cref="Content"/> or an <see cref="Error"/>.</summary>
/// <param name="Detail">One plain line about the error, where there is more to say than its name.</param>
public readonly record struct ContentResult(BootContent? Content, ContentError Error, string? Detail = null)
{
    public static implicit operator ContentResult(BootContent content) => new(content, ContentError.None);
    public static implicit operator ContentResult(ContentError error) => new(null, error);
}

public enum ContentError
{
    None,
    NotFound,

    /// <summary>The path climbs out, holds a NUL or other control character, or names a directory.</summary>
    BadPath,

    /// <summary>There, but not readable by this process.</summary>
    AccessDenied,

    /// <summary>Rendering needs a client that we do not know.</summary>
    UnknownClient,
    TooManyOpen,

    /// <summary>What the operator said can't be rendered; the detail says what to change.</summary>
    Misconfigured,
}

/// <summary>Bytes to serve, read at random. Thread-safe for reading; disposed when the transfer ends.</summary>
public abstract class BootContent : IDisposable
{
    /// <summary>In bytes; does not change while open.</summary>
    public abstract long Length { get; }

    public abstract ContentRole Role { get; }

    /// <summary>Whose it is, when the path or the peer's lease says so.</summary>
    public MacAddress? Client { get; init; }

    /// <summary>Strong validator for HTTP, without quotes.</summary>
    public abstract string ETag { get; }

    public abstract DateTimeOffset LastModified { get; }

    public virtual string MediaType => "application/octet-stream";

    /// <summary>What stands at <paramref name="offset"/> as it is in a file, for sendfile. False: it is made, and only <see cref="Read"/> gives it.</summary>
    public virtual bool TryStretch(long offset, out FileStretch stretch)
    {
        stretch = default;
        return false;
    }

    /// <summary>Reads at <paramref name="offset"/>; fewer bytes than asked only at the end.</summary>
    public abstract int Read(long offset, Span<byte> destination);

    protected virtual void Dispose(bool disposing) { }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }
}

/// <summary>Octets of a content that stand in a file in one piece.</summary>
/// <param name="File">Open as long as the content is; belongs to it.</param>
/// <param name="Offset">In the file.</param>
/// <param name="Length">From there on; what follows in the content is something else, or its end.</param>
public readonly record struct FileStretch(SafeFileHandle File, long Offset, long Length);

/// <summary>Which phase of a boot a transfer belongs to.</summary>
public enum ContentRole
{
    Other,
    Loader,
    Script,
    Kernel,
    Initrd,

    /// <summary>Kernel, initrds and command line in one (unified kernel image).</summary>
    KernelAndInitrd,

    /// <summary>In place of a script: the client waits for its turn.</summary>
    Turn,
}
