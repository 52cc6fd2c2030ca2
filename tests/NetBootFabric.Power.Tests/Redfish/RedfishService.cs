using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace NetBootFabric.Power.Tests.Redfish;

/// <summary>How a service differs from the next one: implementations use what the schema leaves open.</summary>
internal sealed record RedfishHabits
{
    public string User { get; init; } = "operator";
    public string Password { get; init; } = "sesame-open-word";
    public bool HasSessions { get; init; } = true;

    /// <summary>ReadOnly may look and not switch.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Null: in an ActionInfo and not beside the action.</summary>
    public string[]? ResetTypes { get; init; } = ["On", "ForceOff", "GracefulShutdown", "ForceRestart", "PowerCycle"];
    public bool HasActionInfo { get; init; }
    public string[] BootTargets { get; init; } = ["None", "Pxe", "Hdd", "Cd"];

    /// <summary>Reset answers 202 and a task monitor.</summary>
    public bool HasTasks { get; init; }

    /// <summary>The task ends so.</summary>
    public string TaskEnds { get; init; } = "Completed";

    /// <summary>The state changes after so many looks at it.</summary>
    public int Delay { get; init; }

    /// <summary>So many requests that are signed in get 503 first.</summary>
    public int Busy { get; init; }

    /// <summary>So many changes meet somebody else's change: their ETag is stale.</summary>
    public int Conflicts { get; init; }
    public int Systems { get; init; } = 1;
    public bool HasTls { get; init; }
}

/// <summary>A Redfish service on the loopback, with the resources, headers and errors of DSP0266 and DSP8010.</summary>
internal sealed class RedfishService : IAsyncDisposable
{
    private readonly RedfishHabits _habits;
    private readonly WebApplication _app;
    private readonly RedfishMachine _machine;
    private readonly ConcurrentDictionary<string, string> _sessions = new();
    private readonly X509Certificate2? _certificate;
    private int _made;
    private int _busy;
    private int _conflicts;

    private RedfishService(RedfishHabits habits, Action<string>? switched, Func<EndPoint, Socket>? bind)
    {
        (_habits, _busy, _conflicts) = (habits, habits.Busy, habits.Conflicts);
        _machine = new RedfishMachine(habits, switched);
        if (habits.HasTls) _certificate = Certificate();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(new IPEndPoint(IPAddress.Loopback, 0), on =>
        {
            if (_certificate is not null) on.UseHttps(_certificate);
        }));
        if (bind is not null) builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = bind);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        Map();
    }

    /// <param name="switched">Told each Reset that is taken.</param>
    /// <param name="bind">Makes the socket to listen on, in a network namespace.</param>
    public static async Task<RedfishService> StartAsync(RedfishHabits? habits = null, Action<string>? switched = null, Func<EndPoint, Socket>? bind = null)
    {
        var service = new RedfishService(habits ?? new RedfishHabits(), switched, bind);
        await service._app.StartAsync();
        return service;
    }

    /// <summary>As it is written in bmc: { address }.</summary>
    public string Address => _habits.HasTls ? new Uri(_app.Urls.First()).Authority : _app.Urls.First();
    public X509Certificate2 TlsCertificate => _certificate!;
    public RedfishMachine Machine => _machine;

    /// <summary>Method and path of each request that came.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();
    public int OpenSessions => _sessions.Count;

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate?.Dispose();
    }

    private void Map()
    {
        _app.Use(async (context, next) =>
        {
            Requests.Enqueue($"{context.Request.Method} {context.Request.Path}");
            context.Response.Headers["OData-Version"] = "4.0";
            context.Response.Headers.CacheControl = "no-cache";
            if (Refusal(context) is { } refusal) await refusal.ExecuteAsync(context);
            else await next();
        });
        _app.MapGet("/redfish/v1/", () => Resource(RedfishBodies.Root(_habits)));
        if (_habits.HasSessions) _app.MapPost("/redfish/v1/SessionService/Sessions", SignInAsync);
        _app.MapDelete("/redfish/v1/SessionService/Sessions/{id}", (string id) => _sessions.TryRemove(id, out _) ? Results.NoContent() : Missing());
        _app.MapGet("/redfish/v1/Systems", () => Resource(RedfishBodies.Systems(_habits)));
        _app.MapGet("/redfish/v1/Systems/{id}", (string id, HttpResponse response) => Is(id) ? System(id, response) : Missing());
        _app.MapPatch("/redfish/v1/Systems/{id}", PatchAsync);
        _app.MapGet("/redfish/v1/Systems/{id}/ResetActionInfo", (string id) => _habits.HasActionInfo ? Resource(RedfishBodies.ActionInfo(id)) : Missing());
        _app.MapPost("/redfish/v1/Systems/{id}/Actions/ComputerSystem.Reset", ResetAsync);
        _app.MapGet("/redfish/v1/TaskService/TaskMonitors/1", Monitor);
        _app.MapFallback(() => Missing());
    }

    /// <summary>All but the root and the making of sessions needs a session's token or a name and a password.</summary>
    private IResult? Refusal(HttpContext context)
    {
        if (context.Request.Path == "/redfish/v1/" || (context.Request.Method == "POST" && context.Request.Path == "/redfish/v1/SessionService/Sessions")) return null;
        if (!IsSignedIn(context)) return Error(401, "Base.1.18.NoValidSession", "There is no valid session established with the implementation.");
        if (context.Request.Path.StartsWithSegments("/redfish/v1/SessionService")) return null;
        if (Interlocked.Decrement(ref _busy) < 0) return _habits.IsReadOnly && (context.Request.Method is "PATCH" or "POST") ? Error(403, "Base.1.18.InsufficientPrivilege", "There are insufficient privileges for the account or credentials associated with the current session to perform the requested operation.") : null;
        context.Response.Headers.RetryAfter = "0";
        return Error(503, "Base.1.18.ServiceTemporarilyUnavailable", "The service is temporarily unavailable. Retry in 0 seconds.");
    }

    private bool IsSignedIn(HttpContext context)
    {
        if (context.Request.Headers["X-Auth-Token"] is [{ } token]) return _sessions.Values.Contains(token);
        var basic = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_habits.User}:{_habits.Password}"))}";
        return context.Request.Headers.Authorization == basic;
    }

    private async Task<IResult> SignInAsync(HttpRequest request, HttpResponse response)
    {
        var body = await JsonNode.ParseAsync(request.Body);
        if ((string?)body!["UserName"] != _habits.User || (string?)body["Password"] != _habits.Password) return Error(401, "Base.1.18.ResourceAtUriUnauthorized", $"While accessing the resource with the password {body["Password"]}, the service received an authorization error.");
        var (id, token) = ($"{Interlocked.Increment(ref _made)}", Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
        _sessions[id] = token;
        response.Headers["X-Auth-Token"] = token;
        response.Headers.Location = $"/redfish/v1/SessionService/Sessions/{id}";
        return Results.Json(RedfishBodies.Session(id, _habits.User), statusCode: 201);
    }

    private IResult System(string id, HttpResponse response)
    {
        response.Headers.ETag = _machine.ETag;
        return Resource(RedfishBodies.System(id, _habits, _machine.Look(), _machine.NextBoot, _machine.ETag));
    }

    private async Task<IResult> PatchAsync(string id, HttpRequest request)
    {
        if (!Is(id)) return Missing();
        if (Interlocked.Decrement(ref _conflicts) >= 0) _machine.ChangedByAnother();
        if (request.Headers.IfMatch is not [{ } tag]) return Error(428, "Base.1.18.PreconditionRequired", "A precondition header or annotation is required to change this resource.");
        if (tag != _machine.ETag) return Error(412, "Base.1.18.PreconditionFailed", "The ETag supplied did not match the ETag required to change this resource.");
        var boot = (await JsonNode.ParseAsync(request.Body))!["Boot"]!;
        var target = (string?)boot["BootSourceOverrideTarget"] ?? "";
        if (!_habits.BootTargets.Contains(target)) return Error(400, "Base.1.18.PropertyValueNotInList", $"The value '{target}' for the property BootSourceOverrideTarget is not in the list of acceptable values.");
        _machine.NextBoot = $"{target} {(string?)boot["BootSourceOverrideEnabled"]}";
        return Results.NoContent();
    }

    private async Task<IResult> ResetAsync(string id, HttpRequest request, HttpResponse response)
    {
        if (!Is(id)) return Missing();
        var kind = (string?)(await JsonNode.ParseAsync(request.Body))!["ResetType"] ?? "";
        var offered = _habits.ResetTypes ?? ["On", "ForceOff", "ForceRestart"];
        if (!offered.Contains(kind)) return Error(400, "Base.1.18.ActionParameterValueNotInList", $"The value '{kind}' for the parameter ResetType in the action ComputerSystem.Reset is not in the list of acceptable values.");
        if (!_habits.HasTasks) return _machine.Reset(kind) ? Results.NoContent() : Error(409, "Base.1.18.ResourceInUse", "The change to the requested resource failed because the resource is in use or in transition.");
        _machine.Begin(kind);
        response.Headers.Location = "/redfish/v1/TaskService/TaskMonitors/1";
        return Results.Json(RedfishBodies.Task("Running", "OK", null), statusCode: 202);
    }

    private IResult Monitor()
    {
        if (!_machine.TaskIsDone(_habits.TaskEnds == "Completed")) return Results.Json(RedfishBodies.Task("Running", "OK", null), statusCode: 202);
        return _habits.TaskEnds == "Completed" ? Results.NoContent() : Resource(RedfishBodies.Task(_habits.TaskEnds, "Critical", "The power supply did not answer."));
    }

    private bool Is(string id) => id.StartsWith("sys", StringComparison.Ordinal);

    private static IResult Resource(JsonNode body) => Results.Text(body.ToJsonString(), "application/json; charset=utf-8");

    private static IResult Missing() => Error(404, "Base.1.18.ResourceMissingAtURI", "The resource at the URI was not found.");

    private static IResult Error(int status, string id, string message) => Results.Text(RedfishBodies.Error(id, message).ToJsonString(), "application/json; charset=utf-8", statusCode: status);

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=bmc.example", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
