using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace NetBootFabric.Node.Tests.Telemetry;

/// <summary>What an OTLP collector does with traces by HTTP: takes a POST of protobuf at /v1/traces. It keeps the spans.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Span> _spans = new();

    private Collector()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        _app.MapPost("/v1/traces", TakeAsync);
    }

    public Uri Address => new(_app.Urls.First());
    public IReadOnlyCollection<Span> Spans => _spans;

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        await collector._app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext call)
    {
        using var body = new MemoryStream();
        await call.Request.Body.CopyToAsync(body);
        if (call.Request.ContentType != "application/x-protobuf") throw new InvalidDataException(call.Request.ContentType);
        foreach (var resource in new Protobuf(body.ToArray()).All(1))
            foreach (var scope in resource.All(2))
                foreach (var span in scope.All(2)) _spans.Enqueue(new Span(span, resource));
    }

    /// <summary>opentelemetry/proto/trace/v1/trace.proto.</summary>
    internal sealed class Span(Protobuf span, Protobuf resource)
    {
        public string Trace => span.Hex(1);
        public string Id => span.Hex(2);
        public string Parent => span.Hex(4);
        public string Name => span.Text(5);
        public DateTimeOffset Start => At(7);
        public DateTimeOffset End => At(8);
        public string Service => Attributes(resource.All(1).Single(), 1)["service.instance.id"];
        public IReadOnlyDictionary<string, string> Tags => Attributes(span, 9);

        /// <summary>2: error.</summary>
        public ulong Status => span.All(15).FirstOrDefault()?.Number(3) ?? 0;
        public string StatusText => span.All(15).FirstOrDefault()?.Text(2) ?? "";

        private DateTimeOffset At(int field) => DateTimeOffset.UnixEpoch.AddTicks((long)(span.Number(field) / 100));

        private static Dictionary<string, string> Attributes(Protobuf of, int field) =>
            of.All(field).ToDictionary(each => each.Text(1), each => each.All(2).Single() is var value && value.Text(1) is { Length: > 0 } text ? text : value.Number(3).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
