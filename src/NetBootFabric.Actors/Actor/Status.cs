namespace NetBootFabric.Actors.Actor;

/// <summary>A reply that says how a request ended.</summary>
public abstract class Status
{
    public sealed class Success(object status) : Status
    {
        public static readonly Success Instance = new(Done.Instance);

        public object Status => status;

        public override string ToString() => $"Success: {status}";
    }

    public sealed class Failure(Exception cause, object? state = null) : Status
    {
        public Exception Cause => cause;
        public object? State => state;

        public override string ToString() => $"Failure: {cause}";
    }
}
