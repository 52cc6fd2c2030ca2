using NetBootFabric.Storage.Writing;
using Npgsql;

namespace NetBootFabric.Storage.Postgres.Cluster;

/// <summary>A call that is answered exactly once: by the lane's thread when it is done, or, when that takes too long, by the clock.</summary>
internal abstract class LaneCall
{
    private const int InTime = 1, Late = 2;

    private int _isAnswered;

    /// <summary>True once the clock has answered it.</summary>
    public bool IsLate => Volatile.Read(ref _isAnswered) == Late;

    public long Began { get; set; }

    /// <summary>Keeps what it brought until <see cref="Answer"/>.</summary>
    public abstract void Make(NpgsqlConnection connection);

    /// <param name="isLate">By the clock.</param>
    public void Answer(StoreUnavailableException? failure, StoreHealth health, bool isLate = false)
    {
        if (Interlocked.CompareExchange(ref _isAnswered, isLate ? Late : InTime, 0) != 0) return;
        if (failure is null) health.Succeeded(1);
        else health.Failed(failure);
        try
        {
            Complete(failure);
        }
        catch (Exception fault)
        {
            health.CompletionFailed(fault);
        }
    }

    protected abstract void Complete(StoreUnavailableException? failure);
}

internal sealed class LaneCall<T>(Func<NpgsqlConnection, T> call, Action<T?, Exception?> completed) : LaneCall
{
    private T? _brought;

    public override void Make(NpgsqlConnection connection) => _brought = call(connection);

    protected override void Complete(StoreUnavailableException? failure) => completed(failure is null ? _brought : default, failure);
}
