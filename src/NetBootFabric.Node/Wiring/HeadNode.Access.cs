using NetBootFabric.Node.Access;
using NetBootFabric.Node.Access.Tls;
using NetBootFabric.Node.Admin;
using NetBootFabric.Node.Logging;
using NetBootFabric.Sockets;

namespace NetBootFabric.Node.Wiring;

// Who may ask this head node, and where.
internal sealed partial class HeadNode
{
    private AdminCertificate? _certificate;
    private AdminServer? _admin;

    /// <exception cref="SocketSetupException">It can't listen there.</exception>
    /// <exception cref="IOException">It can't listen there, or has no certificate.</exception>
    private async Task ServeAdminAsync(IReadOnlyList<IAdminPart> parts, CancellationToken cancellation)
    {
        var local = Closing(new LocalToken(_time));
        var tokens = new TokenKeeper(_catalog, _time);
        var gate = new AccessGate(tokens, local.Token, _time, _log);
        _certificate = AdminDoors.Certificate(_options, _time);
        _admin = new AdminServer([.. parts, new TokensPart(tokens), new SessionPart(gate)], gate, _log);
        _closers.Push(_admin.DisposeAsync);
        await _admin.StartAsync([.. AdminDoors.Open(_options.Admin, _certificate)], cancellation);
        _log.Listening("admin API", string.Join(", ", _admin.Addresses));
        if (_certificate is not null) _log.ShowsKey(_certificate.Fingerprint);
        foreach (var address in _admin.Addresses.Where(address => address.IsLoopback)) LeaveToken(local, address.Port);
    }

    private void LeaveToken(LocalToken local, int port)
    {
        try
        {
            local.Leave(_options.Admin.TokenFolder, port);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            _log.NoLocalToken(refused.Message);
        }
    }
}
