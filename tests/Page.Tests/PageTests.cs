using Microsoft.Playwright;
using NetBootFabric.Boot.Clients;
using Page.Tests.Heads;

namespace Page.Tests;

[Collection("browser")]
public sealed class PageTests(Browser browser) : IAsyncLifetime
{
    private readonly TestRoom _room = new(120);
    private LiveHead _head = null!;
    private IBrowserContext _context = null!;
    private IPage _page = null!;

    public async Task InitializeAsync()
    {
        for (var i = 1; i <= 40; i++) _room.Seen.Add(_room.At(i, BootPhase.Booted));
        for (var i = 41; i <= 80; i++) _room.Seen.Add(_room.At(i, BootPhase.Kernel));
        _room.Seen.Add(_room.At(81, BootPhase.Failed));
        _head = await LiveHead.StartAsync(_room);
        _context = await browser.Chromium.NewContextAsync(new() { ExtraHTTPHeaders = [new("Authorization", $"Bearer {_head.Token}")] });
        _page = await _context.NewPageAsync();
        await _page.GotoAsync(_head.Address.ToString());
    }

    public async Task DisposeAsync()
    {
        await _context.DisposeAsync();
        await _head.DisposeAsync();
    }

    [Fact]
    public async Task It_counts_the_clients_of_each_phase()
    {
        await Assertions.Expect(_page.GetByText("120 clients", new() { Exact = true })).ToBeVisibleAsync();
        await _page.ScreenshotAsync(new() { Path = "/tmp/page1.png" });
    }
}
