namespace NetBootFabric.Power;

/// <summary>One machine's power switch. Every fault is a <see cref="BmcException"/>.</summary>
internal interface IBmc : IAsyncDisposable
{
    Task<PowerState> StateAsync(CancellationToken cancellation);

    /// <summary>Has the next boot come from the network, once.</summary>
    Task BootFromNetworkAsync(CancellationToken cancellation);

    /// <summary>Switches. On a machine that is off already, or on, the caller does not ask for the same again.</summary>
    Task SwitchAsync(PowerAction action, bool soft, CancellationToken cancellation);
}
