using System.Diagnostics.CodeAnalysis;

namespace NetBootFabric.Boot.Scripts;

/// <summary>A rendered text, or one plain line that says what the operator should change.</summary>
public readonly record struct Rendered
{
    private Rendered(string? text, string? error) => (Text, Error) = (text, error);

    public string? Text { get; }
    public string? Error { get; }

    [MemberNotNullWhen(true, nameof(Text))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Text is not null;

    public static Rendered Of(string text) => new(text, null);
    public static Rendered Wrong(string error) => new(null, error);
}
