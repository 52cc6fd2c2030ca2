using System.Diagnostics;
using System.Globalization;
using NetBootFabric.Boot.Events;

namespace NetBootFabric.Tftp.Tests.Serving;

/// <summary>Other people's clients. Debian: curl, tftp-hpa, atftp.</summary>
public sealed class RealClientTests : IDisposable
{
    private readonly ServerUnderTest _server = new();
    private readonly string _target = Path.Combine(Path.GetTempPath(), $"netboot-{Guid.NewGuid():N}");

    public void Dispose()
    {
        _server.Dispose();
        File.Delete(_target);
    }

    [ClientTheory("curl")]
    [InlineData(1)] // an empty file it refuses by itself: it takes tsize 0 for a mistake
    [InlineData(511)]
    [InlineData(1468 * 100)]
    [InlineData(512 * 70_000)] // block numbers roll over
    public void Curl_gets_the_file(int length)
    {
        var file = _server.Content.Add("dir/file", length);
        Run("curl", $"-s -S --fail -o {_target} tftp://127.0.0.1:{_server.Port}/dir/file");
        AssertGot(file);
    }

    [ClientTheory("curl")]
    [InlineData(8)]
    [InlineData(1468)]
    [InlineData(65464)]
    public void Curl_gets_the_file_in_blocks_of_its_size(int blockSize)
    {
        var file = _server.Content.Add("file", 300_000);
        Run("curl", $"-s -S --fail --tftp-blksize {blockSize} -o {_target} tftp://127.0.0.1:{_server.Port}/file");
        AssertGot(file);
    }

    [ClientTheory("tftp")]
    [InlineData("binary")]
    [InlineData("ascii")]
    public void Tftp_hpa_gets_the_file(string mode)
    {
        // Without CR and LF, so that netascii and octet are the same file for a client that converts.
        var file = _server.Content.Add("file", 0x7000);
        _server.Content.Add("empty", 0);
        for (var i = 0; i < file.Length; i++) file[i] = (byte)(file[i] | 0x40);
        Run("tftp", $"-m {mode} 127.0.0.1 {_server.Port} -c get file {_target}");
        AssertGot(file);
        Run("tftp", $"-m {mode} 127.0.0.1 {_server.Port} -c get empty {_target}");
        AssertGot([]);
    }

    [ClientTheory("atftp")]
    [InlineData("")]
    [InlineData("--option \"blksize 1468\" --option \"tsize 0\"")]
    [InlineData("--option \"blksize 1468\" --option \"windowsize 16\" --option \"timeout 3\"")]
    [InlineData("--option \"windowsize 4\"")]
    public void Atftp_gets_the_file(string options)
    {
        var file = _server.Content.Add("file", 2_000_000);
        Run("atftp", $"{options} -g -r file -l {_target} 127.0.0.1 {_server.Port}");
        AssertGot(file);
        Assert.Equal(file.Length, _server.Events.Await(e => e.Stage == TransferStage.Done).Bytes);
    }

    [ClientTheory("curl")]
    [InlineData("missing", 68)] // CURLE_TFTP_NOTFOUND
    [InlineData("a/../../b", 69)] // CURLE_TFTP_PERM
    public void Curl_says_why_there_is_no_file(string name, int code) =>
        Run("curl", $"-s --path-as-is -o {_target} tftp://127.0.0.1:{_server.Port}/{name}", code);

    [ClientTheory("curl")]
    [InlineData(1)]
    public async Task A_client_killed_in_the_middle_costs_the_others_nothing(int victims)
    {
        _server.Content.Add("large", 200_000_000);
        var file = _server.Content.Add("file", 300_000);
        using (var client = Start("curl", $"-s -o {_target} tftp://127.0.0.1:{_server.Port}/large"))
        {
            _server.Events.Await(e => e.Stage == TransferStage.Progress); // killed before its first ACK, it would have asked for the size only
            client.Kill();
            await client.WaitForExitAsync();
        }
        using var other = _server.Client();
        Assert.Equal(file, other.Get("file", "blksize=1468,windowsize=8", 1468, 8));
        Assert.True(SpinWait.SpinUntil(() => _server.Metrics.Active == victims, TimeSpan.FromSeconds(30))); // its slot, until patience ends
        await _server.StopAsync(TimeSpan.Zero);
        Assert.Equal((2, 2), (_server.Content.Opened, _server.Content.Closed));
        Assert.Equal("large", Assert.Single(_server.Events.All, e => e.Stage == TransferStage.Failed).Path);
    }

    private void AssertGot(byte[] file) => Assert.True(file.AsSpan().SequenceEqual(File.ReadAllBytes(_target)));

    private static Process Start(string program, string arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static void Run(string program, string arguments, int expected = 0)
    {
        using var process = Start(program, arguments);
        var said = process.StandardOutput.ReadToEndAsync();
        var complained = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)), "the client did not end");
        Assert.True(process.ExitCode == expected, string.Create(CultureInfo.InvariantCulture, $"exit {process.ExitCode}: {said.Result}{complained.Result}"));
    }

    /// <summary>Skipped, and said so, where the client is not installed.</summary>
    private sealed class ClientTheoryAttribute : TheoryAttribute
    {
        public ClientTheoryAttribute(string program)
        {
            var found = Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
            if (!found) Skip = $"{program} is not installed";
        }
    }
}
