namespace NetBootFabric.Boot.Events;

/// <summary>
/// What the data plane saw, told to the client's actor. Calls never block and never fail; when too much waits, progress goes first.
/// </summary>
public interface IBootEvents
{
    void Report(TransferEvent transfer);
    void Report(ArpObservation observation);
    void Report(SystemReport report);
}
