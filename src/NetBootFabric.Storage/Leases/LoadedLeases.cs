using NetBootFabric.Boot.Leases;

namespace NetBootFabric.Storage.Leases;

/// <summary>A completion as a task.</summary>
internal sealed class LoadedLeases
{
    private readonly TaskCompletionSource<LeaseInventory> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<LeaseInventory> Task => _source.Task;

    public void Complete(LeaseInventory? inventory, Exception? failure)
    {
        if (failure is null) _source.SetResult(inventory!);
        else _source.SetException(failure);
    }
}
