namespace Page.Tests.Measuring;

internal static class PageMeasurement
{
    public static Task<int> RunAsync(int clients, string? pictures) => Task.FromResult(clients + (pictures?.Length ?? 0));
}
