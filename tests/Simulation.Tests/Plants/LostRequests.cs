using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Simulation.Tests.Plants;

/// <summary>A lane that takes some clients' REQUESTs and never passes them on.</summary>
internal sealed class LostRequests : Plant
{
    public override IBootDirectory Directory(IBootDirectory directory) => new LeakyLane(directory);

    private sealed class LeakyLane(IBootDirectory directory) : IBootDirectory
    {
        public void Submit(DhcpInquiry inquiry)
        {
            if (inquiry.Type != DhcpMessageType.Request || inquiry.Client.Value % 5 != 1) directory.Submit(inquiry);
        }

        public void Attach(int listener, IDhcpReplies replies) => directory.Attach(listener, replies);
    }
}
