using System.Net;
using System.Text.Json;

namespace NetBootFabric.Power.Redfish;

/// <summary>Signs in with a session (DSP0266 §13.3.4), so that the password crosses the wire once; with basic authentication where a service has no sessions. Signs out: controllers have few.</summary>
internal sealed class RedfishSession(RedfishConnection connection, BmcLogin login) : IAsyncDisposable
{
    private string? _session;

    public async Task SignInAsync(JsonElement root, CancellationToken cancellation)
    {
        var sessions = root.Member("Links").Link("Sessions");
        var reply = sessions is null ? null : await connection.SendAsync(HttpMethod.Post, sessions, Credentials(), null, cancellation);
        if (reply is null || reply.Status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented)
        {
            connection.UseBasic();
            return;
        }
        connection.Good(reply, sessions!);
        if (reply.Token is not { Length: > 0 } token) throw new BmcException($"{connection.Host} made a session and gave no token for it");
        connection.UseToken(token);
        _session = reply.Location ?? reply.Body.Text("@odata.id");
    }

    private string Credentials()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("UserName", login.User);
            json.WriteString("Password", login.Password);
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        if (_session is null) return;
        try
        {
            await connection.SendAsync(HttpMethod.Delete, _session, null, null, CancellationToken.None);
        }
        catch (BmcException)
        {
            // It ends by itself after a while.
        }
    }
}
