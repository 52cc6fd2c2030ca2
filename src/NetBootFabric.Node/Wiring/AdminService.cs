using Microsoft.Extensions.Logging;
using NetBootFabric.Node.Access;
using NetBootFabric.Node.Access.Tls;
using NetBootFabric.Node.Admin;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Node.Logging;
using NetBootFabric.Sockets;

namespace NetBootFabric.Node.Wiring;

/// <summary>The admin API: who may ask this head node, and where. A web application of its own, on sockets that are kept off the clients' networks.</summary>
internal sealed class AdminService(NodeOptions options, AdminFeatures features, CatalogService catalog, AdminFace face, TimeProvider time, ILogger log) : Subsystem
{
    /// <exception cref="SocketSetupException">It can't listen there.</exception>
    /// <exception cref="IOException">It can't listen there, or has no certificate.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var parts = features.Open(Closing);
        var local = Closing(new LocalToken(time));
        var tokens = new TokenKeeper(catalog.Keeper, time);
        var gate = new AccessGate(tokens, local.Token, time, log);
        face.Certificate = AdminDoors.Certificate(options, time);
        var server = face.Server = new AdminServer([.. parts, new TokensPart(tokens), new SessionPart(gate)], gate, log);
        Closing(server.DisposeAsync);
        await server.StartAsync([.. AdminDoors.Open(options.Admin, face.Certificate)], cancellationToken);
        log.Listening("admin API", string.Join(", ", server.Addresses));
        if (face.Certificate is { } certificate) log.ShowsKey(certificate.Fingerprint);
        foreach (var address in server.Addresses.Where(address => address.IsLoopback)) LeaveToken(local, address.Port);
    }

    private void LeaveToken(LocalToken local, int port)
    {
        try
        {
            local.Leave(options.Admin.TokenFolder, port);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            log.NoLocalToken(refused.Message);
        }
    }
}

/// <summary>How the admin API shows itself: null until it listens.</summary>
internal sealed class AdminFace
{
    public AdminServer? Server { get; set; }

    public AdminCertificate? Certificate { get; set; }
}
