using Akka.Hosting;
using NetBootFabric.Node.Configuration;

namespace NetBootFabric.Node.Wiring;

/// <summary>What the operator sets in a file of HOCON: the last part, so that it wins over all others.</summary>
internal sealed class OverridePart(string? file) : IAkkaPart
{
    public void Configure(AkkaConfigurationBuilder akka)
    {
        if (file is not null) akka.AddHocon(HoconFile.Read(file), HoconAddMode.Prepend);
    }
}
