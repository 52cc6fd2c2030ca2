namespace NetBootFabric.Cluster.Membership;

/// <summary>An actor system's membership. Null state: the head node is alone.</summary>
internal sealed class MembershipExtension : IExtension
{
    private MembershipExtension(ExtendedActorSystem system)
    {
        var setup = system.Settings.Setup.Get<MembershipSetup>();
        if (setup.HasValue) State = setup.Value.State;
    }

    public MembershipState? State { get; }

    public static MembershipState? Of(ActorSystem system) => system.WithExtension<MembershipExtension, Provider>().State;

    private sealed class Provider : ExtensionIdProvider<MembershipExtension>
    {
        public override MembershipExtension CreateExtension(ExtendedActorSystem system) => new(system);
    }
}
