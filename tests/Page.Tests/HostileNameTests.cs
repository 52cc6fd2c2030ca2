using Microsoft.Playwright;
using NetBootFabric.Boot.Clients;
using Page.Tests.Heads;
using static Microsoft.Playwright.Assertions;

namespace Page.Tests;

/// <summary>What clients and operators wrote is text, whatever it looks like.</summary>
[Collection("browser")]
public sealed class HostileNameTests(Browser browser) : PageTest(browser)
{
    private const string Name = "<img src=x onerror=alert(1)>";

    internal override TestRoom Room { get; } = Fill(new TestRoom(3, name: i => i == 0 ? Name : $"n{i}"));

    private static TestRoom Fill(TestRoom room)
    {
        room.Seen.Add(room.At(1, BootPhase.Failed, failure: new BootFailure(BootStep.Tftp, FailureCause.ClientError, "<script>alert(2)</script>")));
        return room;
    }

    [Fact]
    public async Task A_name_that_looks_like_HTML_stays_a_name()
    {
        await Grid.FocusAsync();
        await Page.Keyboard.PressAsync("Home");
        await Expect(Now).ToContainTextAsync(Name);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Table" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = Name }).ClickAsync();

        var dialog = Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByRole(AriaRole.Heading, new() { Name = Name })).ToBeVisibleAsync();
        await Expect(dialog).ToContainTextAsync("<script>alert(2)</script>");
        Assert.Equal(0, await Page.Locator("img:not([src='/page/icon.svg'])").CountAsync());
    }
}
