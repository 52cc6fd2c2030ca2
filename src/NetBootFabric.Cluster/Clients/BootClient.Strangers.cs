namespace NetBootFabric.Cluster.Clients;

public sealed partial class BootClient
{
    /// <summary>Null: it is no stranger.</summary>
    private Strangers.Place? _place;

    /// <summary>Its boots are written, also those that fail before there is a lease.</summary>
    private bool IsKnown => _isKept || _services.Rooms.Current.NodeOf(_state.Mac) is not null;

    private void TakePlace()
    {
        if (_state.Current is null && _place is null && !IsKnown && _services.Leases.Find(_state.Mac) is null) _place = _services.Strangers.Enter(Self);
    }

    private void Befriend()
    {
        if (_place is not null) _place.Actor = null;
        _place = null;
    }

    /// <summary>Its lease may be on the way to the disk: then it stays.</summary>
    private void GiveWay()
    {
        if (_place is null || _pending is not null) return;
        _services.Board.Retire(_state.Mac);
        _services.Clock.Forget(_state.Mac);
        Withdraw();
    }

    protected override void PostStop()
    {
        Befriend();
        _records.Rest(_state.Mac);
        base.PostStop();
    }
}
