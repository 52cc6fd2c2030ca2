using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Testing.Leases;
using NetBootFabric.Wire;
using static NetBootFabric.Boot.Tests.Leases.Rooms;

namespace NetBootFabric.Boot.Tests.Leases;

/// <summary>Random operations on a book, beside a model that keeps plain lists and looks at all of them.</summary>
public sealed class LeaseBookModelTests
{
    private const int Clients = 14;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Ipv4Address Fixed = Ip("10.77.1.4");

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_book_agrees_with_the_model(int seed)
    {
        var random = new Random(seed);
        var run = new Run();
        for (var step = 0; step < 600; step++) run.Step(random);
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 30)];

    private sealed class Run
    {
        private readonly MemoryLeaseStore _store = new();
        private readonly Subnet _subnet = Subnet();
        private readonly LeaseBook _book;
        private readonly LeaseModel _model = new();
        private DateTimeOffset _now = Start;

        public Run() => _book = new LeaseBook(_store, Of(_subnet, (Fixed, Mac(0))), new LeaseInventory([], []));

        public void Step(Random random)
        {
            _now += TimeSpan.FromSeconds(random.Next(0, 40));
            _store.Now = _now;
            _store.IsDown = random.Next(30) == 0;
            _book.Use(_subnet, _now); // a release carries no time: it counts from the latest that the book was told
            var client = Mac(random.Next(Clients));
            var address = new Ipv4Address(Ip("10.77.1.0").Value + (uint)random.Next(10));
            switch (random.Next(6))
            {
                case 0 or 1: Offer(client, address); break;
                case 2 or 3: Commit(client, address, TimeSpan.FromSeconds(random.Next(1, 900))); break;
                case 4: Release(client, address); break;
                default: Quarantine(address, TimeSpan.FromSeconds(random.Next(1, 120)), random.Next(8) == 0); break;
            }
            Compare();
        }

        private void Offer(MacAddress client, Ipv4Address wanted)
        {
            var expected = _model.AllowedOffers(client, wanted, _now, Pool());
            var offered = _book.Offer(client, _subnet, wanted, _now);
            if (offered is not { } address) Assert.Empty(expected);
            else
            {
                Assert.Contains(address, expected);
                _model.Hold(client, address, _now + LeaseBook.OfferTime);
            }
        }

        private void Commit(MacAddress client, Ipv4Address address, TimeSpan time)
        {
            if (!_book.MayHave(client, address, _now)) return;
            var lease = new Lease { Client = client, Address = address, ExpiresAt = _now + time };
            _book.Commit(lease, 0, outcome =>
            {
                Assert.Equal(_store.IsDown ? LeaseCommit.Unavailable : LeaseCommit.Committed, outcome);
                if (!_store.IsDown) _model.Commit(lease, _now);
            });
        }

        private void Release(MacAddress client, Ipv4Address address)
        {
            if (_store.IsDown) _model.FailToRelease(client, address);
            else _model.Release(client, address, _now);
            _book.Release(client, address, _ => { });
        }

        private void Quarantine(Ipv4Address address, TimeSpan time, bool really)
        {
            if (!really) return;
            _model.Quarantined[address] = _now + time;
            _book.Quarantine(address, _now + time, "declined", _ => { });
        }

        private void Compare()
        {
            foreach (var client in Enumerable.Range(0, Clients).Select(Mac))
            {
                Assert.Equal(_model.Find(client), _book.Find(client));
                foreach (var address in Pool()) Assert.Equal(_model.IsOpen(client, address, _now), _book.MayHave(client, address, _now));
                Assert.Equal(client == Mac(0) && _model.IsOpen(client, Fixed, _now), _book.MayHave(client, Fixed, _now));
            }
            foreach (var address in Pool()) Assert.Equal(_model.Find(address, _now), _book.Find(address, _now));
            Assert.Equal(_model.Use([.. Pool()], _now), _book.Use(_subnet, _now));
            Assert.Equal(_store.Leases.ToHashSet(), _model.Leases.ToHashSet());
        }

        private static IEnumerable<Ipv4Address> Pool() =>
            Enumerable.Range(0, 10).Select(number => new Ipv4Address(Ip("10.77.1.0").Value + (uint)number)).Where(address => address != Fixed);
    }
}
