using System.Text.Json;
using Microsoft.Playwright;

namespace Page.Tests.Measuring;

/// <summary>What Chromium itself records of a page, by the DevTools protocol: the tasks of its main thread, the frames it drew.</summary>
internal sealed class ChromiumTrace
{
    private readonly ICDPSession _session;

    private ChromiumTrace(ICDPSession session) => _session = session;

    public static async Task<ChromiumTrace> StartAsync(IBrowser browser)
    {
        var session = await browser.NewBrowserCDPSessionAsync();
        await session.SendAsync("Tracing.start", new Dictionary<string, object>
        {
            ["categories"] = "toplevel,devtools.timeline,disabled-by-default-devtools.timeline,disabled-by-default-devtools.timeline.frame,blink.user_timing,__metadata",
            ["transferMode"] = "ReturnAsStream",
        });
        return new ChromiumTrace(session);
    }

    /// <returns>Ends the recording and reads it.</returns>
    public async Task<IReadOnlyList<JsonElement>> StopAsync()
    {
        var complete = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _session.Event("Tracing.tracingComplete").OnEvent += (_, ended) => complete.TrySetResult(ended!.Value.GetProperty("stream").GetString()!);
        await _session.SendAsync("Tracing.end");
        var stream = await complete.Task;
        var text = new System.Text.StringBuilder();
        for (var ended = false; !ended;)
        {
            var part = (await _session.SendAsync("IO.read", new Dictionary<string, object> { ["handle"] = stream }))!.Value;
            text.Append(part.GetProperty("data").GetString());
            ended = part.GetProperty("eof").GetBoolean();
        }
        return [.. JsonDocument.Parse(text.ToString()).RootElement.GetProperty("traceEvents").EnumerateArray()];
    }

    /// <summary>Milliseconds of each task of the renderers' main threads, longest first.</summary>
    public static IReadOnlyList<double> MainTasks(IReadOnlyList<JsonElement> events)
    {
        var main = events.Where(each => Name(each) == "thread_name" && each.GetProperty("args").GetProperty("name").GetString() == "CrRendererMain").Select(Thread).ToHashSet();
        return [.. events.Where(each => Name(each) is "RunTask" or "ThreadControllerImpl::RunTask" && each.TryGetProperty("dur", out _) && main.Contains(Thread(each))).Select(each => each.GetProperty("dur").GetDouble() / 1000).OrderDescending()];
    }

    public static int Count(IReadOnlyList<JsonElement> events, string name) => events.Count(each => Name(each) == name);

    private static string? Name(JsonElement each) => each.GetProperty("name").GetString();

    private static (long, long) Thread(JsonElement each) => (each.GetProperty("pid").GetInt64(), each.GetProperty("tid").GetInt64());
}
