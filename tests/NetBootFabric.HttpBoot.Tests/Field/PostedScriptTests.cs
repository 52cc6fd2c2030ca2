using System.Net;

namespace NetBootFabric.HttpBoot.Tests.Field;

/// <summary>iPXE posts its parameters (<c>chain …##params</c>), as FOG's and Matchbox's users have it in embedded scripts.</summary>
public sealed class PostedScriptTests
{
    private static readonly string Script = $"boot/{BootServer.Mac}/boot.ipxe";

    [Theory]
    [InlineData("mac=52:54:00:77:00:01")]
    [InlineData("")]
    public async Task A_posted_form_is_answered_with_the_script(string form)
    {
        await using var server = await BootServer.StartAsync();
        var asked = await server.Client.GetStringAsync(Script);
        using var posted = await server.Client.PostAsync(Script,
            new StringContent(form, System.Text.Encoding.ASCII, "application/x-www-form-urlencoded"));

        Assert.Equal((HttpStatusCode.OK, asked), (posted.StatusCode, await posted.Content.ReadAsStringAsync()));
        Assert.StartsWith("#!ipxe\n", asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_takes_a_while_is_waited_for_and_the_connection_goes_on()
    {
        await using var server = await BootServer.StartAsync();
        var gate = new TaskCompletionSource();
        server.Gate = gate.Task;
        var posting = server.Client.PostAsync(Script, new StringContent("mac=1"));
        gate.SetResult();
        using var posted = await posting;

        Assert.StartsWith("#!ipxe\n", await posted.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.StartsWith("#!ipxe\n", await server.Client.GetStringAsync(Script), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_no_text_is_404_and_told()
    {
        await using var server = await BootServer.StartAsync();
        using var answer = await server.Client.GetAsync("grub/%EAOnboard");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("grub/\ufffdOnboard", (await server.ToldAsync(Boot.Events.TransferStage.Failed)).Path);
    }
}
