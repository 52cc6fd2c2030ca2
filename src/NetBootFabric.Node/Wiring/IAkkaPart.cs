using Akka.Hosting;

namespace NetBootFabric.Node.Wiring;

/// <summary>One subject of the actor system's set-up: a transport, a region, a journal. Asked again whenever the system is built anew, so that it keeps what must outlive one.</summary>
internal interface IAkkaPart
{
    void Configure(AkkaConfigurationBuilder akka);

    /// <summary>No other actor system is to follow one that has ended.</summary>
    bool IsOver => false;
}
