using NetBootFabric.Boot.Events;

namespace NetBootFabric.Boot.Clients;

/// <summary>What a client asked for and said, fit to be remembered and shown in terminals and logs: no control characters, no endless text.</summary>
internal static class Evidence
{
    /// <summary>In characters; longer than any path that boots something.</summary>
    private const int Longest = 512;

    public static TransferEvent Of(TransferEvent seen) =>
        IsPlain(seen.Path) && (seen.Detail is null || IsPlain(seen.Detail)) ? seen
        : seen with { Path = Plain(seen.Path), Detail = seen.Detail is null ? null : Plain(seen.Detail) };

    private static bool IsPlain(string text) => text.Length <= Longest && !text.Any(char.IsControl);

    private static string Plain(string text) => string.Create(Math.Min(text.Length, Longest), text, static (plain, text) =>
    {
        for (var i = 0; i < plain.Length; i++) plain[i] = char.IsControl(text[i]) ? '?' : text[i];
    });
}
