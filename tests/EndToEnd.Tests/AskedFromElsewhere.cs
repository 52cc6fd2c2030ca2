using System.Text.Json;
using NetBootFabric.AdminApi;
using NetBootFabric.EndToEnd.Tests.Lab;
using NetBootFabric.Testing;

namespace NetBootFabric.EndToEnd.Tests;

/// <summary>A head node with a management network: asked over TLS from an operator's desk, and by nobody on the clients' side.</summary>
public sealed class AskedFromElsewhere
{
    private const string Listen = "10.0.0.1:9110";

    [Fact]
    public async Task A_head_node_elsewhere_is_asked_by_TLS_with_its_pinned_key_and_never_from_the_clients_side()
    {
        using var server = new NetworkNamespace();
        using var desk = new NetworkNamespace();
        using var client = new NetworkNamespace();
        server.Join(client, "eth1", "eth0", "52:54:00:77:ff:01", "52:54:00:77:00:01");
        server.Join(desk, "back", "eth0", "02:00:00:01:00:01", "02:00:00:01:00:02");
        server.Here("address add 10.77.0.1/16 dev eth1");
        server.Here("address add 10.0.0.1/24 dev back");
        desk.Here("address add 10.0.0.2/24 dev eth0");
        client.Here("address add 10.77.0.9/16 dev eth0");
        client.Here("route add 10.0.0.0/24 via 10.77.0.1");
        var folder = Repository.Results("asked-from-elsewhere");
        var configuration = new RoomConfiguration().Render(folder, folder).Replace("{ listen: 127.0.0.1:9110 }", $"{{ listen: [127.0.0.1:9110, {Listen}] }}", StringComparison.Ordinal);
        using var head = new HeadNode(server, folder, configuration);
        await head.StartAsync();

        // Root on the head node itself needs nothing.
        var status = JsonSerializer.Deserialize(await head.PbmAsync("status", "--json"), AdminJson.Default.StatusView)!;
        Assert.Equal(["http://127.0.0.1:9110", $"https://{Listen}"], status.Admin.Order(StringComparer.Ordinal));
        var token = (await head.PbmAsync("token", "new", "desk", "--role", "read")).Trim();
        Assert.Contains("head1", await AskAsync(server, token, "--fingerprint", status.Fingerprint!), StringComparison.Ordinal);

        Assert.Contains("head1", await AskAsync(desk, token, "--fingerprint", status.Fingerprint!), StringComparison.Ordinal);
        Assert.Contains($"--fingerprint {status.Fingerprint}", await RefusedAsync(desk, token), StringComparison.Ordinal);
        Assert.Contains("this is not the head node that you mean", await RefusedAsync(desk, token, "--fingerprint", "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"), StringComparison.Ordinal);
        Assert.Contains("needs a token", await RefusedAsync(desk, "", "--fingerprint", status.Fingerprint!), StringComparison.Ordinal);
        Assert.Contains("no head node answers", await RefusedAsync(client, token, "--fingerprint", status.Fingerprint!), StringComparison.Ordinal);

        // A new start: the same key.
        Assert.Equal(0, await head.StopAsync());
        await head.StartAsync();
        Assert.Contains("head1", await AskAsync(desk, token, "--fingerprint", status.Fingerprint!), StringComparison.Ordinal);
    }

    private static Task<string> AskAsync(NetworkNamespace where, string token, params string[] options) =>
        Tool.RunAsync("ip", ["netns", "exec", where.Name, "env", "HOME=/nonexistent", $"PBM_TOKEN={token}", Repository.Program("pbm"), "status", "--server", Listen, .. options]);

    private static async Task<string> RefusedAsync(NetworkNamespace where, string token, params string[] options) =>
        (await Assert.ThrowsAsync<InvalidOperationException>(() => AskAsync(where, token, options))).Message;
}
