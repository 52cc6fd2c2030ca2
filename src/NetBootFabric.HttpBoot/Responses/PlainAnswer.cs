using System.Text;

namespace NetBootFabric.HttpBoot.Responses;

/// <summary>Answers of one plain line, as a person at a boot loader's prompt reads them.</summary>
internal static class PlainAnswer
{
    public static Task SendAsync(Exchange exchange, int status, string line)
    {
        var body = Encoding.ASCII.GetBytes($"{line}\n");
        exchange.Response.StatusCode = status;
        exchange.Response.Headers.ContentType = "text/plain; charset=us-ascii";
        exchange.Response.Headers.ContentLength = body.Length;
        if (exchange.IsHead) return Task.CompletedTask;
        var writer = exchange.Body.Writer;
        body.CopyTo(writer.GetSpan(body.Length));
        writer.Advance(body.Length);
        return writer.FlushAsync().AsTask();
    }
}
