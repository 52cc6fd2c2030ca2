using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Heads;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Membership;
using NetBootFabric.Testing.Leases;

namespace NetBootFabric.Simulation.Tests.Plants;

/// <summary>Puts something between the fabric's parts, at the ports. This one puts nothing.</summary>
internal class Plant
{
    /// <summary>Makes worlds in which the mistake matters more frequent.</summary>
    public virtual Plan Shape(Plan plan) => plan;

    /// <summary>A database that writes what a fenced head node, or one under an old epoch, asks for.</summary>
    public virtual bool SkipsFences => false;

    public virtual LeaseRows Rows() => new();

    public virtual IClusterStore Members(IClusterStore store) => store;

    public virtual IShardOwnership Ownership(IShardOwnership ownership) => ownership;

    public virtual ILeaseStore Store(ILeaseStore store) => store;

    public virtual ILeaseBook Book(ILeaseBook book) => book;

    public virtual IBootDirectory Directory(IBootDirectory directory) => directory;

    public virtual IDhcpReplies Replies(IDhcpReplies replies) => replies;
}
