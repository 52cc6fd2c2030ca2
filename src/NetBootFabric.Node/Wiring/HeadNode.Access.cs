using NetBootFabric.AdminApi.Access;
using NetBootFabric.Node.Access;
using NetBootFabric.Node.Admin;
using NetBootFabric.Node.Logging;

namespace NetBootFabric.Node.Wiring;

// Who may ask this head node, and where.
internal sealed partial class HeadNode
{
    private async Task ServeAdminAsync(IReadOnlyList<IAdminPart> parts, CancellationToken cancellation)
    {
        var local = Closing(new LocalToken(_time));
        var admin = new AdminServer(parts, new AccessGate(NoTokens.Instance, local.Token, _time), _log);
        _closers.Push(admin.DisposeAsync);
        await admin.StartAsync([_options.Admin], cancellation);
        _log.Listening("admin API", string.Join(", ", admin.Addresses));
        foreach (var address in admin.Addresses.Where(address => address.IsLoopback)) LeaveToken(local, address.Port);
    }

    private void LeaveToken(LocalToken local, int port)
    {
        try
        {
            local.Leave(TokenFile.DefaultFolder, port);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            _log.NoLocalToken(refused.Message);
        }
    }
}
