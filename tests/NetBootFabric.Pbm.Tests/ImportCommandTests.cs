using NetBootFabric.AdminApi.Import;

namespace NetBootFabric.Pbm.Tests;

/// <summary>pbm node import against the real admin API.</summary>
[Collection("console")]
public sealed class ImportCommandTests : LiveCommands
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netboot-import");

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    [Fact]
    public async Task Import_shows_what_changes_and_what_is_not_carried_over()
    {
        var (code, said) = await RunAsync("node", "import", Write("dnsmasq.conf", "dhcp-range=10.77.1.0,10.77.1.9\ndhcp-host=52:54:00:77:00:11,set:gpu,n011,10.77.0.11\n"));

        Assert.Equal(0, code);
        foreach (var words in new[] { "added", "node n011", "group gpu", "dhcp-range", "subnets", "1 nodes and 1 groups", "2 entries changed" }) Assert.Contains(words, said, StringComparison.Ordinal);
        Assert.Contains(Admin.Current.Nodes.Values, node => node.Name == "n011");
    }

    [Fact]
    public async Task Import_with_a_broken_line_changes_nothing_and_fails()
    {
        var file = Write("nodes.csv", "mac,name\n52:54:00:77:00:11,n011\nxx,n012\n");
        var (code, said) = await RunAsync("node", "import", file);

        Assert.Equal(1, code);
        Assert.Contains("nothing was changed", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Admin.Current.Nodes.Values, node => node.Name == "n011");

        (code, said) = await RunAsync("node", "import", file, "--keep-going");
        Assert.Equal(0, code);
        Assert.Contains("1 broken lines were left out", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_of_several_files_names_the_file_of_each_line()
    {
        var (code, said) = await RunAsync("node", "import", "--format", "ethers", "--dry-run", Write("ethers", "52:54:00:77:00:11 n011"), Write("hosts", "10.77.0.11 n011\nnonsense\n"));

        Assert.Equal(1, code);
        Assert.Contains("hosts:2", said, StringComparison.Ordinal);
        Assert.Contains("ip 10.77.0.11", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_as_json_is_what_the_API_says()
    {
        var (_, said) = await RunAsync("node", "import", "--json", "--dry-run", Write("ethers", "52:54:00:77:00:11 n011\n"));
        Assert.Equal("ethers", System.Text.Json.JsonSerializer.Deserialize(said, ImportJson.Default.ImportView)!.Format);
    }

    [Fact]
    public async Task Import_of_what_is_not_there_or_not_told_says_so()
    {
        Assert.Equal(1, (await RunAsync("node", "import", "/nowhere/file")).Code);
        var (code, said) = await RunAsync("node", "import", Write("x", "52:54:00:77:00:11 n011\n"));
        Assert.Equal(1, code);
        Assert.Contains("which system", said, StringComparison.Ordinal);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
