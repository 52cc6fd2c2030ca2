using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NetBootFabric.Boot.Clients;
using Page.Tests.Heads;
using static Microsoft.Playwright.Assertions;

namespace Page.Tests;

/// <summary>The page in a real browser, on a real admin API: 120 nodes in three racks, of which 40 are up, 40 load their kernels and one has failed.</summary>
[Collection("browser")]
public sealed class PageTests(Browser browser) : PageTest(browser)
{
    internal override TestRoom Room { get; } = Fill(new TestRoom(120));

    private static TestRoom Fill(TestRoom room)
    {
        for (var i = 1; i <= 40; i++) room.Seen.Add(room.At(i, BootPhase.Booted));
        for (var i = 41; i <= 80; i++) room.Seen.Add(room.At(i, BootPhase.Kernel));
        room.Seen.Add(room.At(81, BootPhase.Failed));
        return room;
    }

    [Fact]
    public async Task It_counts_clients_by_phase_and_failures_by_step_and_shows_the_storm_and_the_head_node()
    {
        await Expect(Page.GetByText("120 clients", new() { Exact = true })).ToBeVisibleAsync();
        foreach (var count in new[] { "Booted 40", "Kernel 40", "Failed 1", "Not seen 39" }) await Expect(Legend(count)).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "HTTP: 1 client failed. Show them" })).ToBeVisibleAsync();
        await Expect(Page.Locator("#storm-state")).ToContainTextAsync("81 clients: 40 booted, 40 booting, 1 failed");
        await Expect(Page.Locator("#uplinks")).ToHaveTextAsync("head1: 10.5 MiB/s, 476.8 MiB to go in 45 s, 40 downloads, 12 wait for room, 3 clients told their place");
        await Expect(Page.Locator("#heads")).ToContainTextAsync("head1");
        await Expect(Page.GetByRole(AriaRole.Status).First).ToContainTextAsync("40 of 120 clients booted");
    }

    [Fact]
    public async Task A_cell_changes_its_colour_as_its_client_enters_a_phase()
    {
        await SelectAsync("n0120");
        var before = await ColourAsync();
        Head.Board.Post(Room.At(120, BootPhase.Booted), entered: true);
        await Expect(Legend("Booted 41")).ToBeVisibleAsync();
        var booted = await ColourAsync();
        Head.Board.Post(Room.At(120, BootPhase.Failed), entered: true);
        await Expect(Legend("Failed 2")).ToBeVisibleAsync();

        Assert.Equal(3, new[] { before, booted, await ColourAsync() }.Distinct().Count());
        await Expect(Now).ToHaveTextAsync(new Regex("n0120: Failed at HTTP"));
    }

    [Fact]
    public async Task A_failed_client_is_found_by_keyboard_and_its_page_opens_and_closes()
    {
        await Legend("Failed 1").FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByText("1 of 120 clients")).ToBeVisibleAsync();
        await Grid.FocusAsync();
        await Expect(Now).ToHaveTextAsync("n0081: Failed at HTTP, rack r03, group compute");
        await Page.Keyboard.PressAsync("Enter");

        var dialog = Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByRole(AriaRole.Heading, new() { Name = "n0081" })).ToBeVisibleAsync();
        await Expect(dialog).ToContainTextAsync("Failed at HTTP: not found");
        await Expect(dialog).ToContainTextAsync("initrd.img");
        await Page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(Grid).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Search_finds_by_name_and_address_and_the_table_has_what_was_found()
    {
        await Page.Keyboard.PressAsync("/");
        await Page.Keyboard.TypeAsync("n0081");
        await Expect(Page.GetByText("1 of 120 clients")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Searchbox).FillAsync(Room.Macs[4].ToString().ToUpperInvariant());
        await Page.GetByRole(AriaRole.Button, new() { Name = "Table" }).ClickAsync();

        await Expect(Page.Locator("#table tbody tr")).ToHaveCountAsync(1);
        await Expect(Page.Locator("#table tbody tr")).ToContainTextAsync("n0005");
        await Page.GetByRole(AriaRole.Button, new() { Name = "n0005" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Boot 1: Booted");
    }

    [Fact]
    public async Task Clients_stand_by_rack_or_by_group()
    {
        await SelectAsync("n0001");
        await Page.Keyboard.PressAsync("ArrowRight");
        await Expect(Now).ToContainTextAsync("n0002");
        await Page.GetByLabel("Group by").SelectOptionAsync("group");
        await Grid.FocusAsync();
        await Page.Keyboard.PressAsync("Home");
        await Page.Keyboard.PressAsync("ArrowRight");
        await Expect(Now).ToContainTextAsync("n0003");
        await Page.Keyboard.PressAsync("End");
        await Expect(Now).ToContainTextAsync("n0120");
    }

    [Fact]
    public async Task It_is_dark_or_light_as_the_system_is_and_as_one_chooses()
    {
        await Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        Assert.True(await LightnessAsync() < 60);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Theme: auto" }).ClickAsync();
        Assert.True(await LightnessAsync() > 200);
        await Page.ReloadAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Theme: light" })).ToBeVisibleAsync();
        Assert.True(await LightnessAsync() > 200);
    }

    [Fact]
    public async Task It_goes_on_by_itself_after_the_head_node_was_restarted()
    {
        await Expect(Link).ToHaveAttributeAsync("data-state", "live");
        await Head.StopAsync();
        await Expect(Link).ToHaveAttributeAsync("data-state", "lost");
        Head.Board.Post(Room.At(100, BootPhase.Booted), entered: true);
        await Head.StartAsync();

        await Expect(Link).ToHaveAttributeAsync("data-state", "live");
        await Expect(Legend("Booted 41")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_has_no_token_is_asked_for_one()
    {
        await Page.Context.ClearCookiesAsync();
        await Page.ReloadAsync();
        await Expect(Page.GetByRole(AriaRole.Dialog, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await Expect(Page.GetByLabel("Token", new() { Exact = true })).ToBeFocusedAsync();
        await Expect(Page.Locator("#shown")).ToBeEmptyAsync();
    }

    private Task<double> LightnessAsync() => Page.EvaluateAsync<double>("() => getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).slice(0, 3).reduce((sum, each) => sum + Number(each), 0) / 3");
}
