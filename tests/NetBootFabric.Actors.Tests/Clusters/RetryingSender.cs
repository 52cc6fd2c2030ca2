namespace NetBootFabric.Actors.Tests.Clusters;

/// <summary>Asks an entity something, again and again until it is answered, each time at the next node that runs, as a client asks whoever hears it.</summary>
internal sealed class RetryingSender(ClusterWorld world, string entity, string message, double timeout = 1)
{
    private int _attempt;

    public string? Answer { get; private set; }

    public int Attempts => _attempt;

    public void Start() => _ = world.Runtime.Start(Send);

    private async Task Send()
    {
        while (Answer is null)
        {
            var nodes = world.Nodes.Where(static node => node.Cluster.StoreContact != Actors.Cluster.StoreContact.Left).ToList();
            var node = nodes[(entity.Length + entity[^1] + _attempt++) % nodes.Count];
            try
            {
                // The sender's own clock: the node that it asks may be paused, or die.
                Answer = await node.Ask(entity, $"{message}.{_attempt}", 60).WaitAsync(TimeSpan.FromSeconds(timeout), world.Runtime.TimeProvider);
            }
            catch (TimeoutException)
            {
            }
        }
    }
}
