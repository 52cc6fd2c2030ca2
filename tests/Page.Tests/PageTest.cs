using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Page.Tests.Heads;
using static Microsoft.Playwright.Assertions;

namespace Page.Tests;

/// <summary>A head node and a browser that has its page open. A script that fails on it fails the test.</summary>
public abstract class PageTest(Browser browser) : IAsyncLifetime
{
    /// <summary>On a loaded machine everything takes its time.</summary>
    private const int Patience = 60_000;

    private readonly List<string> _errors = [];
    private IBrowserContext _context = null!;

    internal abstract TestRoom Room { get; }

    internal LiveHead Head { get; private set; } = null!;

    protected IPage Page { get; private set; } = null!;

    protected ILocator Grid => Page.GetByRole(AriaRole.Listbox, new() { NameRegex = new Regex("^Clients") });

    /// <summary>The cell under the keyboard's mark, as a screen reader hears it.</summary>
    protected ILocator Now => Grid.GetByRole(AriaRole.Option);

    protected ILocator Link => Page.Locator("#link");

    protected ILocator Legend(string text) => Page.GetByRole(AriaRole.Button, new() { Name = text, Exact = true });

    public async Task InitializeAsync()
    {
        SetDefaultExpectTimeout(Patience);
        Head = await LiveHead.StartAsync(Room);
        _context = await browser.Chromium.NewContextAsync(new() { ViewportSize = new() { Width = 1400, Height = 900 } });
        await _context.AddCookiesAsync([new() { Name = $"netboot-fabric-{Head.Address.Port}", Value = Head.Token, Url = Head.Address.ToString() }]);
        _context.SetDefaultTimeout(Patience);
        Page = await _context.NewPageAsync();
        Page.PageError += (_, error) => _errors.Add(error);
        Page.Dialog += (_, dialog) => _errors.Add($"dialog: {dialog.Message}");
        await Page.GotoAsync(Head.Address.ToString());
        await Expect(Link).ToHaveAttributeAsync("data-state", "live");
    }

    public async Task DisposeAsync()
    {
        await _context.DisposeAsync();
        await Head.DisposeAsync();
        Assert.Empty(_errors);
    }

    /// <summary>Moves the keyboard's mark to a cell.</summary>
    protected async Task SelectAsync(string name)
    {
        await Grid.FocusAsync();
        await Page.Keyboard.PressAsync("Home");
        for (var i = 0; i < Room.Macs.Count && !(await Now.TextContentAsync())!.StartsWith($"{name}:", StringComparison.Ordinal); i++) await Page.Keyboard.PressAsync("ArrowRight");
        await Expect(Now).ToContainTextAsync(name);
    }

    /// <summary>The colour that the cell under the keyboard's mark shows: of its mark, left of its name, below the middle.</summary>
    protected Task<string> ColourAsync() => Page.EvaluateAsync<string>("""
        () => {
          const canvas = document.getElementById("cells"), box = canvas.getBoundingClientRect(), at = document.querySelector(".cursor").getBoundingClientRect();
          const ratio = canvas.width / box.width;
          return canvas.getContext("2d").getImageData((at.left - box.left + 15) * ratio, (at.top - box.top + 19) * ratio, 1, 1).data.join(" ");
        }
        """);
}
