using System.Net.Http.Headers;
using NetBootFabric.AdminApi.Access;
using NetBootFabric.Testing;

namespace NetBootFabric.EndToEnd.Tests.Lab;

/// <summary>Shows the token that the head node of a namespace has left for root; a new one after each start.</summary>
internal sealed class LocalTokenHandler(NetworkNamespace where, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private readonly string _inode = where.Run(TokenFile.NetworkNamespace);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var file = TokenFile.PathOf(TokenFile.DefaultFolder, request.RequestUri!.Port, _inode);
        if (File.Exists(file)) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(file).Trim());
        return base.SendAsync(request, cancellationToken);
    }
}
