using Akka.Configuration;

namespace NetBootFabric.Node.Configuration;

/// <summary>Settings of Akka.NET in their own language.</summary>
internal static class HoconFile
{
    /// <returns>What the parser says, in one line; null: it reads them.</returns>
    public static string? MistakeIn(string text)
    {
        if (HoconText.MistakeIn(text) is { } mistake) return mistake;
        try
        {
            _ = ConfigurationFactory.ParseString(text);
            return null;
        }
        catch (Exception refused) when (refused is not OutOfMemoryException)
        {
            return string.Join(' ', refused.Message.Split((char[])['\r', '\n', ' '], StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
        }
    }

    /// <exception cref="IOException">It can't be read.</exception>
    public static Config Read(string path) => ConfigurationFactory.ParseString(File.ReadAllText(path));
}
