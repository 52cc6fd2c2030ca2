using NetBootFabric.Sockets;

namespace NetBootFabric.HttpBoot.Serving;

/// <summary>Where connections come in, and which loop takes them.</summary>
internal sealed class Door : IDisposable
{
    public IReadOnlyList<StreamListener> Listeners { get; set; } = [];
    public IReadOnlyList<HttpLoop> Loops { get; set; } = [];

    /// <summary>The one that accepted it, unless another has far fewer: the kernel wakes whoever asked first, and all downloads of a quiet moment would be on one processor.</summary>
    public HttpLoop LoopFor(HttpLoop accepting)
    {
        var lightest = accepting;
        foreach (var loop in Loops)
        {
            if (loop.Count < lightest.Count) lightest = loop;
        }
        return accepting.Count - lightest.Count > 2 + lightest.Count / 16 ? lightest : accepting;
    }

    public void Dispose()
    {
        foreach (var listener in Listeners) listener.Dispose();
    }
}
