using Microsoft.AspNetCore.Http;
using NetBootFabric.AdminApi;

namespace NetBootFabric.Node.Access;

/// <summary>Who makes a call, once that is known.</summary>
internal sealed record Caller(string Name, Role Role)
{
    private static readonly object Key = new();

    public static Caller? Of(HttpContext context) => context.Items[Key] as Caller;

    public void Attach(HttpContext context) => context.Items[Key] = this;
}
