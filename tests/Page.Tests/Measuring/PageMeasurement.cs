using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Page.Tests.Heads;

namespace Page.Tests.Measuring;

/// <summary>Shows the page a storm and says how soon it is there and how evenly it goes on.</summary>
internal static class PageMeasurement
{
    private const int Loads = 5;

    /// <summary>How long the storm is watched, in milliseconds.</summary>
    private const int Watched = 30_000;

    /// <summary>Asks for each frame there can be and notes the time between two of them.</summary>
    private const string CountFrames = "() => { const frames = window.frames_ = []; let last = performance.now(); const next = now => { frames.push(now - last); last = now; requestAnimationFrame(next); }; requestAnimationFrame(next); }";

    /// <param name="pictures">A folder; null: none.</param>
    public static async Task<int> RunAsync(int clients, string? pictures)
    {
        await using var head = await LiveHead.StartAsync(new TestRoom(clients));
        return await WatchAsync(head.Address.ToString(), head.Token, async stop => await new Motion(head, clients, seconds: 75).RunAsync(stop), pictures);
    }

    /// <param name="storm">Runs beside, until it is told to stop.</param>
    public static async Task<int> WatchAsync(string address, string token, Func<CancellationToken, Task> storm, string? pictures)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.LaunchAsync(playwright);
        using var stop = new CancellationTokenSource();
        var running = storm(stop.Token);
        await using (var context = await OpenAsync(browser, address, token, ColorScheme.Light, 1600, 1000))
        {
            await Task.Delay(8000);
            for (var i = 0; i < Loads; i++) await SayPaintAsync(context, address);
            await SayFramesAsync(browser, context.Pages[0], Watched);
        }
        if (pictures is not null) await DrawAsync(browser, address, token, pictures);
        await stop.CancelAsync();
        await running;
        return 0;
    }

    private static async Task<IBrowserContext> OpenAsync(IBrowser browser, string address, string token, ColorScheme colours, int width, int height)
    {
        var context = await browser.NewContextAsync(new() { ColorScheme = colours, ViewportSize = new() { Width = width, Height = height } });
        await context.AddCookiesAsync([new() { Name = $"netboot-fabric-{new Uri(address).Port}", Value = token, Url = address }]);
        await context.NewPageAsync();
        return context;
    }

    /// <summary>By the page's own clock, from the beginning of the navigation.</summary>
    private static async Task SayPaintAsync(IBrowserContext context, string address)
    {
        var page = context.Pages[0];
        await page.GotoAsync("about:blank");
        await page.GotoAsync(address);
        await page.WaitForFunctionAsync("() => performance.getEntriesByName('room-drawn').length > 0 && performance.getEntriesByName('first-contentful-paint').length > 0");
        var first = await page.EvaluateAsync<double>("() => performance.getEntriesByName('first-contentful-paint')[0].startTime");
        var room = await page.EvaluateAsync<double>("() => performance.getEntriesByName('room-drawn')[0].startTime");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first paint {first:0} ms, the whole room drawn {room:0} ms"));
    }

    private static async Task SayFramesAsync(IBrowser browser, IPage page, int milliseconds)
    {
        await page.EvaluateAsync(CountFrames);
        var trace = await ChromiumTrace.StartAsync(browser);
        await Task.Delay(milliseconds);
        var events = await trace.StopAsync();
        var frames = (await page.EvaluateAsync<double[]>("() => window.frames_")).OrderDescending().ToArray();
        var tasks = ChromiumTrace.MainTasks(events);
        Console.WriteLine(await page.Locator("#storm-state").InnerTextAsync());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000} s: {frames.Length} frames, longest time between two {frames[0]:0.0} ms, over 100 ms {frames.Count(time => time > 100)}, over 50 ms {frames.Count(time => time > 50)}, median {frames[frames.Length / 2]:0.0} ms"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"main thread: {tasks.Count} tasks, longest {string.Join(", ", tasks.Take(5).Select(task => task.ToString("0.0", CultureInfo.InvariantCulture)))} ms, over 50 ms {tasks.Count(task => task > 50)}; trace: DrawFrame {ChromiumTrace.Count(events, "DrawFrame")}, DroppedFrame {ChromiumTrace.Count(events, "DroppedFrame")}"));
        Console.WriteLine($"memory: {(await page.EvaluateAsync<JsonElement>("() => performance.memory.usedJSHeapSize")).GetInt64() >> 20} MiB of JavaScript");
    }

    private static async Task DrawAsync(IBrowser browser, string address, string token, string folder)
    {
        foreach (var (name, colours, width, height) in new[] { ("light", ColorScheme.Light, 1600, 1000), ("dark", ColorScheme.Dark, 1600, 1000), ("narrow", ColorScheme.Light, 420, 900) })
        {
            await using var context = await OpenAsync(browser, address, token, colours, width, height);
            var page = context.Pages[0];
            await page.GotoAsync(address);
            await page.Locator("#link[data-state=live]").WaitForAsync();
            await Task.Delay(1500);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = name == "narrow" });
            if (name == "narrow") continue;
            await page.GetByRole(AriaRole.Group, new() { Name = "Show clients of one phase" }).GetByText("Failed").ClickAsync();
            await page.Locator("#grid").FocusAsync();
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-failed.png") });
            await page.Keyboard.PressAsync("Enter");
            await page.Locator("#client .facts").WaitForAsync();
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-client.png") });
        }
    }
}
