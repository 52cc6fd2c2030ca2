namespace NetBootFabric.Tftp.Serving;

/// <summary>Time since the server began: one scale for all its threads.</summary>
internal sealed class ServerClock(TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();

    public TimeSpan Now => time.GetElapsedTime(_began);
}
