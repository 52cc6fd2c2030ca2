using NetBootFabric.Node.Configuration.Yaml;

namespace NetBootFabric.Node.Configuration;

/// <summary>The group <c>akka</c>: a file of HOCON, whose settings win over the fabric's own.</summary>
internal sealed class AkkaReader(Mistakes mistakes, Values values)
{
    private const string Remedy = "name a file of Akka.NET's HOCON that this user may read, or leave 'akka' out";

    /// <param name="checkFiles">Whether the file is read now: it is needed at every start.</param>
    public string? Read(YamlValue? value, bool checkFiles)
    {
        var file = Group.Of(value, "'akka'", mistakes, "hocon")?["hocon"];
        if (values.Text(file, "hocon") is not { } path) return null;
        if (checkFiles && MistakeIn(path) is { } mistake) mistakes.Add(file!.At, mistake, Remedy);
        return path;
    }

    private static string? MistakeIn(string path)
    {
        try
        {
            return HoconFile.MistakeIn(File.ReadAllText(path)) is { } mistake ? $"'{path}' is no HOCON: {mistake}" : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return $"'{path}' can't be read: {error.Message.TrimEnd('.')}";
        }
    }
}
