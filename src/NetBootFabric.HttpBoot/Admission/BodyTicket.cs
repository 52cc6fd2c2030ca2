namespace NetBootFabric.HttpBoot.Admission;

/// <summary>One large body that is to be sent, as the gate knows it.</summary>
internal abstract class BodyTicket(int rack)
{
    private volatile bool _isHeld;
    private LinkedListNode<BodyTicket>? _place;

    public int Rack => rack;

    /// <summary>It waits for its turn, and gets no more than keeps its client patient. Any thread may ask.</summary>
    public bool IsHeld
    {
        get => _isHeld;
        internal set => _isHeld = value;
    }

    /// <summary>Among those that run, or that wait; made for those that come to the gate.</summary>
    internal LinkedListNode<BodyTicket> Place => _place ??= new(this);

    /// <summary>Its turn has come. Called by whichever thread made room; must not wait.</summary>
    public abstract void Admitted();
}
