using System.Text.Json;
using System.Text.Json.Serialization;
using NetBootFabric.AdminApi.Storms;

namespace NetBootFabric.Node.Storms;

/// <summary>What one head node counts of a storm: some kilobytes, whatever the number of its clients. Arrays go by the number of a phase or step.</summary>
internal sealed record StormTally
{
    /// <summary>Steps of the time line at most; a longer storm has longer steps.</summary>
    private const int MostSteps = 240;

    private static readonly int[] StepLengths = [1, 2, 5, 10, 20, 30, 60, 120];

    /// <summary>The first DISCOVER, and when one of them entered a phase last, in milliseconds since 1970; 0: it has no clients in the storm.</summary>
    public long First { get; set; }
    public long LastMove { get; set; }

    public int[] Phases { get; init; } = [];
    public int FailedBefore { get; set; }

    /// <summary>By the operator, and for their turn.</summary>
    public int Held { get; set; }
    public int AwaitTurn { get; set; }

    /// <summary>Null: this head node has not said.</summary>
    public UplinkView? Uplink { get; init; }

    /// <summary>Clients up within the last ten seconds.</summary>
    public int BootedLately { get; set; }

    /// <summary>By step, then by cause.</summary>
    public Dictionary<string, int>[] Failures { get; init; } = [];

    /// <summary><see cref="Spread"/> of the time in each phase, of those that left it.</summary>
    public int[][] Stays { get; init; } = [];

    /// <summary><see cref="Spread"/> of the time in each phase, of those that are in it.</summary>
    public int[][] Waits { get; init; } = [];

    /// <summary>The <see cref="Spread"/> of whole boots, and the longest in milliseconds.</summary>
    public int[] Boots { get; init; } = [];
    public long Slowest { get; set; }

    /// <summary>Of each phase the clients that wait longest.</summary>
    public IReadOnlyList<Waiting> Longest { get; set; } = [];

    /// <summary>For each phase, the clients in it at the end of each step.</summary>
    public int[][] Line { get; init; } = [];

    /// <summary>Seconds of a step of the time line between these times.</summary>
    public static int StepLength(long from, long until)
    {
        foreach (var length in StepLengths)
            if ((until - from) / length < MostSteps) return length;
        return StepLengths[^1];
    }

    public static int Steps(long from, long until) => (int)Math.Min(Math.Max(0, until - from) / StepLength(from, until) + 1, MostSteps);
}

/// <param name="Seconds">In this phase so far.</param>
internal sealed record Waiting(string Mac, string Name, int Phase, double Seconds);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IReadOnlyList<StartBucket>))]
[JsonSerializable(typeof(StormTally))]
internal sealed partial class TallyJson : JsonSerializerContext;
