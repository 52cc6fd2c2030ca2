using System.Collections.Concurrent;

namespace NetBootFabric.Power.Tests.Redfish;

/// <summary>The machine behind a service: it takes a while to be as it was told.</summary>
internal sealed class RedfishMachine(RedfishHabits habits, Action<string>? switched)
{
    private readonly Lock _gate = new();
    private bool _isOn;
    private bool _becomes;
    private int _looks;
    private int _changes = 1;
    private int _monitorLooks;
    private string? _task;
    private string _nextBoot = "None Disabled";

    /// <summary>Each Reset that was taken.</summary>
    public ConcurrentQueue<string> Resets { get; } = new();

    public string ETag => $"W/\"{_changes}\"";

    public string NextBoot
    {
        get => _nextBoot;
        set
        {
            _nextBoot = value;
            _changes++;
        }
    }

    public bool IsOn
    {
        get => _isOn;
        set => _isOn = _becomes = value;
    }

    public void ChangedByAnother() => _changes++;

    /// <summary>The PowerState; each look brings the change nearer.</summary>
    public string Look()
    {
        lock (_gate)
        {
            if (_isOn == _becomes) return _isOn ? "On" : "Off";
            if (--_looks > 0) return _becomes ? "PoweringOn" : "PoweringOff";
            _isOn = _becomes;
            _changes++;
            return _isOn ? "On" : "Off";
        }
    }

    /// <summary>False: it is not possible now.</summary>
    public bool Reset(string kind)
    {
        lock (_gate)
        {
            if ((kind is "On" or "ForceOn") == _isOn && kind is not ("ForceRestart" or "PowerCycle")) return false;
            Resets.Enqueue(kind);
            _becomes = kind is not ("ForceOff" or "GracefulShutdown");
            _looks = habits.Delay;
            if (habits.Delay == 0) _isOn = _becomes;
            switched?.Invoke(kind);
            return true;
        }
    }

    public void Begin(string kind) => (_task, _monitorLooks) = (kind, 2);

    public bool TaskIsDone(bool well)
    {
        if (--_monitorLooks > 0) return false;
        if (well && _task is { } kind) Reset(kind);
        _task = null;
        return true;
    }
}
