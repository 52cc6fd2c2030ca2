using NetBootFabric.Boot.Dhcp;

namespace NetBootFabric.Cluster.Clients;

public sealed partial class BootClient
{
    /// <summary>It takes one of the strangers' places.</summary>
    private bool _isStranger;

    /// <summary>Its boots are written, also those that fail before there is a lease.</summary>
    private bool IsKnown => LastSequenceNr > 0 || _services.Rooms.Current.NodeOf(_state.Mac) is not null;

    /// <summary>False: it is a stranger, and there are too many of them already.</summary>
    private bool IsAdmitted()
    {
        if (_state.Current is not null || IsKnown || _services.Leases.Find(_state.Mac) is not null) return true;
        return _isStranger = _services.Strangers.TryEnter();
    }

    private void TurnAway(DhcpInquiry inquiry)
    {
        Dismiss(inquiry, DhcpDismissal.Shed);
        Withdraw();
    }

    private void Befriend()
    {
        if (_isStranger) _services.Strangers.Leave();
        _isStranger = false;
    }

    protected override void PostStop()
    {
        Befriend();
        base.PostStop();
    }
}
