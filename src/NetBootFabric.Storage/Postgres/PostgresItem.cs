using NetBootFabric.Storage.Writing;

namespace NetBootFabric.Storage.Postgres;

/// <summary>
/// A piece of work that becomes rows of a <see cref="PostgresGroup"/>. It keeps its own end, since parts of what the writer took at once may be
/// committed when a later part can't be.
/// </summary>
internal abstract class PostgresItem : WriteItem<PostgresSession>
{
    private bool _isWritten;
    private Exception? _refusal;

    /// <summary>As whom this is written: noted when the call is made, so that what an ended incarnation asked for is never written for the next.</summary>
    public StoreIncarnation? Incarnation { get; set; }

    public sealed override void Apply(PostgresSession session) => session.Add(this);

    public sealed override void Complete(Exception? failure) => End(_refusal ?? (_isWritten ? null : failure));

    /// <summary>False: it has to follow what the group reads, so it belongs into the next one.</summary>
    public virtual bool Fits(PostgresGroup group) => true;

    public abstract void AddTo(PostgresGroup group);

    public void Written(PostgresGroup group)
    {
        _refusal = Take(group);
        _isWritten = true;
    }

    public void Refuse(Exception refusal) => _refusal = refusal;

    /// <summary>Takes its results out of the committed group; not null: the database refused it alone.</summary>
    protected virtual Exception? Take(PostgresGroup group) => null;

    protected abstract void End(Exception? failure);
}
