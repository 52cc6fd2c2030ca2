using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace NetBootFabric.Node.Access;

/// <summary>The calls that run, by their token's hash: a token that is removed takes its streams with it.</summary>
internal sealed class RunningCalls
{
    private readonly ConcurrentDictionary<HttpContext, string> _calls = new(ReferenceEqualityComparer.Instance);

    public int Count => _calls.Count;

    public async Task RunAsync(HttpContext context, string hash, RequestDelegate next)
    {
        _calls[context] = hash;
        try
        {
            await next(context);
        }
        finally
        {
            _calls.TryRemove(context, out _);
        }
    }

    public void EndUnless(Func<string, bool> isInForce)
    {
        foreach (var (context, hash) in _calls)
            if (!isInForce(hash)) context.Abort();
    }
}
