namespace NetBootFabric.Boot.Content;

/// <summary>Looks at the files that clients ask for, to tell an operator what is wrong with them. Reads the disk: never asked on a packet's path.</summary>
public interface IContentSurvey
{
    /// <param name="path">As a client sent it, or a profile names it.</param>
    FileSurvey Look(string path);
}

/// <param name="Exists">False also for a folder, and for a name that climbs out of the root.</param>
/// <param name="Nearest">When it is not there: the name in the same folder that is most like it; null when none is.</param>
/// <param name="Machine">What a kernel or loader is made for.</param>
public sealed record FileSurvey(bool Exists, string? Nearest = null, ImageMachine Machine = ImageMachine.Unknown);

/// <summary>The processors that an image runs on, by its header.</summary>
public enum ImageMachine
{
    /// <summary>No header that is known here.</summary>
    Unknown,
    X86,
    Arm32,
    Arm64,
    Other,
}

/// <summary>Knows no files.</summary>
public sealed class NoContentSurvey : IContentSurvey
{
    public static NoContentSurvey Instance { get; } = new();

    private NoContentSurvey() { }

    public FileSurvey Look(string path) => new(Exists: true);
}
