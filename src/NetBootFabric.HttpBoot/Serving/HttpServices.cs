using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Boot.Storms;
using NetBootFabric.HttpBoot.Admission;
using NetBootFabric.HttpBoot.Connections;
using NetBootFabric.HttpBoot.Transfers;

namespace NetBootFabric.HttpBoot.Serving;

/// <summary>What all threads of one server share.</summary>
internal sealed record HttpServices(
    HttpBootOptions Options,
    IBootContent Content,
    SystemReports Reports,
    TransferJournal Journal,
    IFlightRecorder Recorder,
    ConnectionQuota Quota,
    SharedGate Gate,
    UplinkMeter Uplink,
    TimeProvider Time)
{
    public FaultCount Faults { get; } = new();
}
