using NetBootFabric.Node.Configuration;

namespace NetBootFabric.Node.Tests.Configuration;

public sealed class AkkaSettingsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netboot-akka");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var mistake = Assert.Single(Read(Path.Combine(_folder.FullName, "no.conf")).Mistakes);
        Assert.Contains($"'{_folder.FullName}/no.conf' can't be read", mistake.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_are_taken_by_their_path()
    {
        var file = Write("akka.loglevel = INFO");
        Assert.Equal(file, Read(file).Options!.AkkaSettings);
    }

    private string Write(string text)
    {
        var file = Path.Combine(_folder.FullName, "akka.conf");
        File.WriteAllText(file, text);
        return file;
    }

    private ConfigurationResult Read(string hocon)
    {
        var file = Path.Combine(_folder.FullName, "netbootd.yaml");
        File.WriteAllText(file, $$"""
            interfaces: [lo]
            subnets: [{ network: 10.77.0.0/16, range: 10.77.1.0-10.77.9.254 }]
            profiles: { default: { kernel: vmlinuz } }
            akka: { hocon: {{hocon}} }
            """);
        return ConfigurationReader.ReadFile(file);
    }
}
