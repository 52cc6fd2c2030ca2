using Microsoft.AspNetCore.Http.Features;
using NetBootFabric.Boot.Transfers;
using NetBootFabric.Wire;

namespace NetBootFabric.HttpBoot;

/// <summary>One request and its response, straight on Kestrel's features: no middleware lies between.</summary>
internal readonly struct Exchange(IFeatureCollection features)
{
    public IHttpRequestFeature Request { get; } = features.GetRequiredFeature<IHttpRequestFeature>();
    public IHttpResponseFeature Response { get; } = features.GetRequiredFeature<IHttpResponseFeature>();
    public IHttpResponseBodyFeature Body => features.GetRequiredFeature<IHttpResponseBodyFeature>();
    public IHttpRequestLifetimeFeature Lifetime => features.GetRequiredFeature<IHttpRequestLifetimeFeature>();

    public bool IsHead => Request.Method == "HEAD";
    public bool IsGet => Request.Method == "GET";
    public bool IsPost => Request.Method == "POST";

    /// <summary>The client's address; 0.0.0.0 when it came over IPv6.</summary>
    public Ipv4Address Peer => Address(Connection.RemoteIpAddress);

    /// <summary>Ours.</summary>
    public Ipv4Address Local => Address(Connection.LocalIpAddress);

    public HttpDownload Ends => new(Local, (ushort)Connection.LocalPort, Peer, (ushort)Connection.RemotePort);

    private IHttpConnectionFeature Connection => features.GetRequiredFeature<IHttpConnectionFeature>();

    private static Ipv4Address Address(System.Net.IPAddress? address) => address is null ? Ipv4Address.Any : Ipv4Address.From(address) ?? Ipv4Address.Any;
}
