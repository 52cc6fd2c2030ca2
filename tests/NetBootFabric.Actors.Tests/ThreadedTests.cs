namespace NetBootFabric.Actors.Tests;

/// <summary>On the thread pool, in real time: what only many threads can break.</summary>
public sealed class ThreadedTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly InMemoryJournalStore _store = new();
    private readonly ActorSystem _system;

    public ThreadedTests() => _system = ActorSystem.Create("threads", new EmbeddedSetup { JournalStore = _store });

    public void Dispose() => _system.Terminate().Wait(Limit);

    private sealed record Numbered(int Sender, int Number);

    private sealed record To(string Id, Numbered Message);

    private sealed class Counting : ReceiveActor
    {
        private readonly Dictionary<int, int> _last = [];
        private int _count;

        public Counting()
        {
            Receive<Numbered>(message =>
            {
                var last = _last.GetValueOrDefault(message.Sender, -1);
                if (message.Number != last + 1) throw new InvalidOperationException($"{message.Number} after {last}");
                _last[message.Sender] = message.Number;
                _count++;
            });
            Receive<Show>(_ => Sender.Tell(_count));
        }
    }

    [Fact]
    public async Task Every_message_of_many_threads_arrives_once_and_in_order()
    {
        const int actors = 50, senders = 8, each = 2000;
        var receivers = Enumerable.Range(0, actors).Select(_ => _system.ActorOf<Counting>()).ToList();
        await Task.WhenAll(Enumerable.Range(0, senders).Select(sender => Task.Run(() =>
        {
            for (var i = 0; i < each; i++)
            {
                foreach (var receiver in receivers) receiver.Tell(new Numbered(sender, i));
            }
        })));
        var counts = await Task.WhenAll(receivers.Select(receiver => receiver.Ask<int>(new Show(), Limit)));
        Assert.All(counts, count => Assert.Equal(senders * each, count));
    }

    private sealed class Resting : ReceiveActor
    {
        private readonly Tally _tally;
        private int _handled;

        public Resting(Tally tally)
        {
            _tally = tally;
            Receive<Numbered>(message =>
            {
                _tally.Note(Self.Path.Name, message);
                if (++_handled % 7 == 0) Context.Parent.Tell(new Passivate(new Stop()));
            });
            Receive<Stop>(_ => Context.Stop(Self));
        }
    }

    private sealed class Tally
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<(string, int), int> _last = new();
        private int _count;
        private int _disorder;

        public int Count => Volatile.Read(ref _count);
        public int Disorder => Volatile.Read(ref _disorder);

        public void Note(string entity, Numbered message)
        {
            if (_last.GetValueOrDefault((entity, message.Sender), -1) >= message.Number) Interlocked.Increment(ref _disorder);
            _last[(entity, message.Sender)] = message.Number;
            Interlocked.Increment(ref _count);
        }
    }

    [Fact]
    public async Task Passivation_under_load_from_many_threads_loses_nothing_and_keeps_the_order()
    {
        const int entities = 20, senders = 6, each = 3000;
        var tally = new Tally();
        var region = ClusterSharding.Get(_system).Start("resting", _ => Props.Create<Resting>(tally), ClusterShardingSettings.Create(_system),
            HashCodeMessageExtractor.Create(5, static message => (message as To)?.Id, static message => message is To to ? to.Message : message));
        await Task.WhenAll(Enumerable.Range(0, senders).Select(sender => Task.Run(() =>
        {
            for (var i = 0; i < each; i++) region.Tell(new To($"e{(i + sender) % entities}", new Numbered(sender, i)));
        })));
        await Eventually(() => tally.Count == senders * each);
        Assert.Equal(0, tally.Disorder);
    }

    [Fact]
    public async Task Persistent_entities_answer_every_command_once()
    {
        const int entities = 40, each = 100;
        var region = ClusterSharding.Get(_system).Start("ledger", id => Props.Create<Ledger>(id, _system.IgnoreRef), ClusterShardingSettings.Create(_system), HashCodeMessageExtractor.Create(5, _ => null));
        var asks = Enumerable.Range(0, entities * each).Select(i => region.Ask<string>(new ShardingEnvelope($"e{i % entities}", new Put($"{i}")), Limit)).ToList();
        var answers = await Task.WhenAll(asks);
        Assert.All(answers, answer => Assert.StartsWith("kept ", answer));
        var texts = await Task.WhenAll(Enumerable.Range(0, entities).Select(i => region.Ask<string>(new ShardingEnvelope($"e{i}", new Show()), Limit)));
        Assert.All(texts, (text, i) => Assert.Equal(Enumerable.Range(0, each).Select(n => $"{n * entities + i}"), text.Split(',')));
    }

    [Fact]
    public async Task Actors_that_are_started_and_stopped_by_the_thousand_leave_nothing_behind()
    {
        var parent = _system.ActorOf(Props.Of(() => new Inline((context, message) => context.Sender.Tell(message is Props props ? context.ActorOf(props) : context.GetChildren().Count()))));
        var children = await Task.WhenAll(Enumerable.Range(0, 5000).Select(_ => parent.Ask<IActorRef>(Props.Create<Counting>(), Limit)));
        await Task.WhenAll(children.Select(child => child.GracefulStop(Limit)));
        await Eventually(() => parent.Ask<int>("count", Limit).Result == 0);
    }

    [Fact]
    public async Task An_async_handler_goes_on_in_its_actor_and_keeps_messages_out()
    {
        var actor = _system.ActorOf<Delaying>();
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => actor.Ask<int>(i, Limit)));
        Assert.Equal(Enumerable.Range(0, 200), answers);
    }

    private sealed class Delaying : ReceiveActor
    {
        private bool _busy;

        public Delaying() => ReceiveAsync<int>(async number =>
        {
            if (_busy) throw new InvalidOperationException("two at a time");
            _busy = true;
            await Task.Yield();
            await Task.Run(static () => { });
            _busy = false;
            Sender.Tell(number);
        });
    }

    private static async Task Eventually(Func<bool> condition)
    {
        var end = DateTime.UtcNow + Limit;
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < end, "not within a minute");
            await Task.Delay(5);
        }
    }
}
