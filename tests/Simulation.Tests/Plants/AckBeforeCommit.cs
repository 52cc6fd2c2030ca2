using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Simulation.Tests.Plants;

/// <summary>A lease book that says "committed" when it has only asked for it: the ACK goes out first.</summary>
internal sealed class AckBeforeCommit : Plant
{
    public override ILeaseBook Book(ILeaseBook book) => new HastyBook(book);

    private sealed class HastyBook(ILeaseBook book) : ILeaseBook
    {
        public void Commit(Lease lease, long epoch, Action<LeaseCommit> completed)
        {
            book.Commit(lease, epoch, static _ => { });
            completed(LeaseCommit.Committed);
        }

        public Lease? Find(MacAddress client) => book.Find(client);

        public Lease? Find(MacAddress client, Ipv4Address address) => book.Find(client, address);

        public Lease? Find(MacAddress client, Subnet subnet) => book.Find(client, subnet);

        public IReadOnlyList<Lease> All(MacAddress client) => book.All(client);

        public Lease? Find(Ipv4Address address, DateTimeOffset now) => book.Find(address, now);

        public Ipv4Address? Offer(MacAddress client, Subnet subnet, Ipv4Address wanted, DateTimeOffset now) => book.Offer(client, subnet, wanted, now);

        public bool MayHave(MacAddress client, Ipv4Address address, DateTimeOffset now) => book.MayHave(client, address, now);

        public void Release(MacAddress client, Ipv4Address address, Action<LeaseCommit> completed) => book.Release(client, address, completed);

        public void Quarantine(Ipv4Address address, DateTimeOffset until, string reason, Action<LeaseCommit> completed) => book.Quarantine(address, until, reason, completed);

        public bool IsInQuestion(MacAddress client, Ipv4Address address, DateTimeOffset now) => book.IsInQuestion(client, address, now);

        public IReadOnlyList<Ipv4Address> InQuestion(Subnet subnet) => book.InQuestion(subnet);

        public void Seen(Ipv4Address address) => book.Seen(address);

        public void Vanished(Ipv4Address address) => book.Vanished(address);

        public void Reshape(Room room) => book.Reshape(room);

        public PoolUse Use(Subnet subnet, DateTimeOffset now) => book.Use(subnet, now);

        public IReadOnlyList<Ipv4Address> NextFree(Subnet subnet, int count, DateTimeOffset now) => book.NextFree(subnet, count, now);
    }
}
