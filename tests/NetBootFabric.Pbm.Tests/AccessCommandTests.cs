using NetBootFabric.AdminApi.Access;
using NetBootFabric.Node.Tests.Admin;
using NetBootFabric.Pbm.Api;

namespace NetBootFabric.Pbm.Tests;

[Collection("console")]
public sealed class AccessCommandTests : IAsyncLifetime
{
    private readonly ConsoleOfPbm _console = new();
    private LiveAdmin _admin = null!;

    public async Task InitializeAsync() => _admin = await LiveAdmin.StartAsync();

    public async Task DisposeAsync()
    {
        _console.Dispose();
        await _admin.DisposeAsync();
    }

    private Task<(int Code, string Said)> RunAsync(params string[] arguments) => _console.RunAsync([.. arguments, "--server", _admin.Server]);

    [Fact]
    public async Task A_token_is_made_used_listed_and_removed()
    {
        var file = Path.GetTempFileName();
        var (made, secret) = await RunAsync("token", "new", "ansible", "--role", "read");
        await File.WriteAllTextAsync(file, secret);

        Assert.Equal(0, made);
        Assert.StartsWith("nbf_", secret, StringComparison.Ordinal);
        Assert.Matches("ansible +read", (await RunAsync("token", "list")).Said);
        Assert.Equal(0, (await RunAsync("status", "--token-file", file)).Code);
        var (code, said) = await RunAsync("reload", "--token-file", file);
        Assert.Equal(1, code);
        Assert.Contains("the role read, and this call needs admin", said, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("token", "rm", "ansible")).Code);
        Assert.Contains("not known here", (await RunAsync("status", "--token-file", file)).Said, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Theory]
    [InlineData("token new two,words", "a token's name has")]
    [InlineData("token new web --role owner", "owner")]
    [InlineData("token rm nobody", "there is no token 'nobody'")]
    [InlineData("status --token-file /nowhere/token", "the token can't be read")]
    [InlineData("status --fingerprint SHA256:short", "is no fingerprint")]
    public async Task What_cannot_be_is_refused_with_advice(string line, string says)
    {
        var (code, said) = await RunAsync(line.Split(' '));
        Assert.Equal(1, code);
        Assert.Contains(says, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_in_a_file_that_holds_no_token_is_not_sent()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "nbf_a\r\nX-Evil: yes");
        var (code, said) = await RunAsync("status", "--token-file", file);
        Assert.Equal(1, code);
        Assert.Contains("is no token", said, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task Page_prints_a_URL_that_signs_in()
    {
        var (code, said) = await RunAsync("page");
        Assert.Equal(0, code);
        Assert.Equal($"http://{_admin.Server}{AccessRoutes.PageToken}{_admin.Token}", said.Trim());
    }

    [Theory]
    [InlineData("127.0.0.1", "http://127.0.0.1:9110/")]
    [InlineData("localhost:80", "http://localhost/")]
    [InlineData("[::1]", "http://[::1]:9110/")]
    [InlineData("10.0.0.1", "https://10.0.0.1:9110/")]
    [InlineData("head1:9111", "https://head1:9111/")]
    [InlineData("https://127.0.0.1:9110", "https://127.0.0.1:9110/")]
    public void A_server_off_the_loopback_is_asked_by_TLS(string text, string address) => Assert.Equal(address, ServerAddress.Parse(text).Uri.ToString());

    [Theory]
    [InlineData("http://10.0.0.1:9110", "in the clear")]
    [InlineData("ftp://10.0.0.1", "is no host:port")]
    [InlineData("a b", "is no host:port")]
    public void A_token_is_not_sent_in_the_clear_nor_nowhere(string text, string says) =>
        Assert.Contains(says, Assert.Throws<AdminException>(() => ServerAddress.Parse(text)).Message, StringComparison.Ordinal);
}
