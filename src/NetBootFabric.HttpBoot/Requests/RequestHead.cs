namespace NetBootFabric.HttpBoot.Requests;

internal enum RequestMethod
{
    Get,
    Head,
    Post,
    Other,
}

/// <summary>The request line and those of the header fields that matter here (RFC 9112 §3, §5), as spans over what came. A field that is not there is empty.</summary>
internal ref struct RequestHead
{
    public RequestMethod Method;

    /// <summary>The method's name as sent.</summary>
    public ReadOnlySpan<byte> Name;
    public ReadOnlySpan<byte> Target;
    public ReadOnlySpan<byte> Range, IfNoneMatch, IfModifiedSince, IfRange;

    /// <summary>Octets of the body; 0: none. Not said when <see cref="IsChunked"/>.</summary>
    public long ContentLength;
    public bool IsChunked;

    /// <summary>The client waits for 100 (Continue) before it sends the body.</summary>
    public bool ExpectsContinue;

    /// <summary>HTTP/1.0: no chunked answers, no 100, and the connection is closed unless the client asked otherwise.</summary>
    public bool IsOld;
    public bool KeepAlive;

    public readonly bool HasBody => IsChunked || ContentLength > 0;
}
