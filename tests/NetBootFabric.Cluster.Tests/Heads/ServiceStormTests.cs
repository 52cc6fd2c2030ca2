using NetBootFabric.Cluster.Heads;

namespace NetBootFabric.Cluster.Tests.Heads;

/// <summary>Head nodes that die, come back and leave at random, while each knows the others late: who holds what.</summary>
public sealed class ServiceStormTests
{
    private const int Heads = 5;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void No_address_is_ever_on_two_and_when_it_is_quiet_each_is_on_one(int seed)
    {
        var random = new Random(seed);
        var runtime = new DeterministicRuntime(seed);
        var store = new MemoryServiceStore();
        var standings = new Dictionary<string, ServiceStanding>();
        var known = new Dictionary<string, ServiceMember[]>(); // what each believes
        var heads = Enumerable.Range(0, Heads).Select(i => new ServiceHead($"h{i}", store, runtime, () => known[$"h{i}"], $"10.77.0.{i + 1}", $"10.77.1.{i + 1}")).ToArray();
        store.Lives = standings.ContainsKey;
        var tenures = 0L;
        foreach (var head in heads) Enter(head, ServiceStanding.Up);

        for (var step = 0; step < 400; step++)
        {
            Happen(heads[random.Next(Heads)], random.Next(6));
            if (random.Next(10) == 0) store.Down = !store.Down;
            if (random.Next(4) == 0) store.Silent = !store.Silent;
            if (random.Next(2) == 0) store.Answer();
            var loaded = heads[random.Next(Heads)];
            if (random.Next(2) == 0) loaded.Busy.UnionWith(loaded.Addresses);
            else loaded.Busy.Clear();
            // News come late, but of a dead one only after it has released, and of one that is back before it holds anything.
            foreach (var head in heads.Where(_ => random.Next(3) == 0)) Learn(head);
            runtime.Advance(TimeSpan.FromMilliseconds(random.Next(400)));
            Assert.Equal(heads.Sum(head => head.Addresses.Count()), heads.SelectMany(head => head.Addresses).Distinct().Count());
        }

        foreach (var head in heads) head.Busy.Clear();
        (store.Down, store.Silent) = (false, false);
        store.Answer();
        foreach (var head in heads.Where(head => standings.GetValueOrDefault(head.Name) != ServiceStanding.Up)) Happen(head, 0);
        Quiet();
        foreach (var head in heads) Assert.Equal([$"10.77.0.{head.Name[1] - '0' + 1}", $"10.77.1.{head.Name[1] - '0' + 1}"], head.Addresses.Select(address => address.ToString()));

        foreach (var head in heads[1..]) Happen(head, random.Next(2) == 0 ? 3 : 5); // all but one die or leave
        Quiet();
        Assert.Equal(2 * Heads, heads[0].Addresses.Count());
        Assert.Equal(2 * Heads, heads.Sum(head => head.Addresses.Count()));

        void Enter(ServiceHead head, ServiceStanding standing)
        {
            var isBack = standings.TryAdd(head.Name, standing);
            standings[head.Name] = standing;
            Learn(head);
            if (!isBack) return;
            foreach (var other in heads) Learn(other);
            head.Tenure = ++tenures;
        }

        void Happen(ServiceHead head, int what)
        {
            switch (what)
            {
                case 0 or 1:
                    Enter(head, ServiceStanding.Up);
                    break;
                case 2 when !standings.ContainsKey(head.Name):
                    Enter(head, ServiceStanding.Joining);
                    break;
                case 3 when standings.Remove(head.Name):
                    head.Tenure = 0;
                    head.Keeper.Tell(LookNow.Instance);
                    runtime.RunUntilIdle();
                    break;
                case 5 when standings.ContainsKey(head.Name):
                    Enter(head, ServiceStanding.Leaving);
                    break;
            }
        }

        void Learn(ServiceHead head) => known[head.Name] = [.. standings.Select(each => new ServiceMember(each.Key, 1 + each.Key[1] % 3, each.Value))];

        void Quiet()
        {
            foreach (var head in heads) Learn(head);
            runtime.Advance(TimeSpan.FromSeconds(3));
        }
    }
}
