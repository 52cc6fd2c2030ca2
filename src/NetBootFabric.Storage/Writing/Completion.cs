namespace NetBootFabric.Storage.Writing;

/// <summary>The end of a call as a task; who waits for it goes on elsewhere than on the store's thread.</summary>
internal sealed class Completion<T> where T : class
{
    private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Task => _source.Task;

    /// <param name="failure">Null: it went well.</param>
    public void Complete(T? result, Exception? failure)
    {
        if (failure is null) _source.SetResult(result!);
        else _source.SetException(failure);
    }
}
