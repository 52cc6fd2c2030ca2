using NetBootFabric.Boot.Clients;
using Page.Tests.Heads;
using static Microsoft.Playwright.Assertions;

namespace Page.Tests;

[Collection("browser")]
public sealed class LargeRoomTests(Browser browser) : PageTest(browser)
{
    internal override TestRoom Room { get; } = new(10_000);

    [Fact]
    public async Task Ten_thousand_cells_follow_their_clients()
    {
        await Expect(Legend("Not seen 10,000")).ToBeVisibleAsync();
        for (var i = 1; i <= 10_000; i++) Head.Board.Post(Room.At(i, i % 2 == 0 ? BootPhase.Kernel : BootPhase.Booted), entered: true);

        await Expect(Legend("Kernel 5,000")).ToBeVisibleAsync();
        await Expect(Legend("Booted 5,000")).ToBeVisibleAsync();
        await Expect(Page.Locator("#storm-state")).ToContainTextAsync("10,000 clients: 5,000 booted, 5,000 booting, 0 failed");
        await Grid.FocusAsync();
        await Page.Keyboard.PressAsync("End");
        await Expect(Now).ToContainTextAsync("n10000: Kernel");
    }
}
