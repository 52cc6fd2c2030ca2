using NetBootFabric.Node.Configuration;

namespace NetBootFabric.Node.Tests.Configuration;

public sealed class PowerReaderTests
{
    private const string Fingerprint = "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static ConfigurationResult Read(string power) => ConfigurationReader.Read(
        $"interfaces: [eth1]\nsubnets: [{{ network: 10.77.0.0/16, range: 10.77.1.0-10.77.1.255 }}]\nprofiles: {{ default: {{ kernel: vmlinuz }} }}\n{power}\n", "x.yaml");

    [Fact]
    public void Users_their_password_files_and_certificates_are_read()
    {
        var power = Read($"power: {{ credentials: {{ room: {{ user: root, password_file: /etc/bmc.password, certificate: [\"{Fingerprint}\"] }}, old: {{ user: ADMIN, password_file: /etc/old, certificate: unverified, cipher_suite: 3 }} }} }}").Options!.Power;

        Assert.Equal(("root", "/etc/bmc.password", Fingerprint), (power.Credentials["room"].User, power.Credentials["room"].PasswordFile, power.Credentials["room"].Fingerprints[0]));
        Assert.True(power.Credentials["old"].Unverified);
        Assert.Equal(3, power.Credentials["old"].CipherSuite);
    }

    [Fact]
    public void Unverified_certificates_are_warned_of() =>
        Assert.Contains(Read("power: { credentials: { room: { user: root, password_file: /x, certificate: unverified } } }").Warnings, warning => warning.ToString().Contains("not verified", StringComparison.Ordinal));

    [Fact]
    public void Without_the_group_there_are_no_credentials() => Assert.Empty(Read("").Options!.Power.Credentials);

    [Theory]
    [InlineData("power: 1", "'power'")]
    [InlineData("power: { credential: {} }", "write 'credentials'")]
    [InlineData("power: { credentials: [] }", "'credentials'")]
    [InlineData("power: { credentials: { room: } }", "'room' has no value")]
    [InlineData("power: { credentials: { room: { password_file: /x } } }", "no 'user'")]
    [InlineData("power: { credentials: { room: { user: root } } }", "no 'password_file'")]
    [InlineData("power: { credentials: { room: { user: root, password: hunter2 } } }", "'password' is no key")]
    [InlineData("power: { credentials: { room: { user: root, password_file: /x, certificate: yes } } }", "no fingerprint")]
    [InlineData("power: { credentials: { room: { user: root, password_file: /x, cipher_suite: 99 } } }", "0 to 17")]
    [InlineData("power: { credentials: { ro om: { user: root, password_file: /x } } }", "no name of credentials")]
    public void Mistakes_are_told_with_their_place(string power, string said)
    {
        var mistakes = Read(power).Mistakes;
        Assert.Contains(mistakes, mistake => mistake.Line == 4 && mistake.ToString().Contains(said, StringComparison.Ordinal));
        Assert.DoesNotContain(mistakes, mistake => mistake.ToString().Contains("hunter2", StringComparison.Ordinal));
    }
}
