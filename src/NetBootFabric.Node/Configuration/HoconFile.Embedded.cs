namespace NetBootFabric.Node.Configuration;

/// <summary>Settings of Akka.NET: the embedded engine has no use for them.</summary>
internal static class HoconFile
{
    public static string? MistakeIn(string text) => HoconText.MistakeIn(text);
}
