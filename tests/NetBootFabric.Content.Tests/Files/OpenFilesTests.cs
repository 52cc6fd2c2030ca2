using System.Diagnostics;
using NetBootFabric.Boot.Content;
using NetBootFabric.Content.Files;
using NetBootFabric.Sockets;

namespace NetBootFabric.Content.Tests.Files;

public sealed class OpenFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("netboot-files-").FullName;

    [Fact]
    public void Readers_of_one_file_share_its_handle()
    {
        using var files = new OpenFiles("/", within: null, 4);
        var path = Write("a", "text");
        using var first = files.Open(path, out _);
        using var second = files.Open(path, out _);
        Assert.NotNull(first);
        Assert.Same(first, second);
    }

    [Fact]
    public void A_replaced_file_is_opened_anew_and_the_old_one_stays_readable()
    {
        using var files = new OpenFiles("/", within: null, 4);
        var path = Write("a", "old");
        using var old = files.Open(path, out _)!;
        File.Move(Write("b", "newer"), path, overwrite: true);
        using var renewed = files.Open(path, out _)!;
        Assert.Equal((3, 5), (Length(old), Length(renewed)));
        Assert.NotEqual(old.ETag, renewed.ETag);
    }

    [Theory]
    [InlineData(Errno.EMFILE, ContentError.TooManyOpen)]
    [InlineData(Errno.ENFILE, ContentError.TooManyOpen)]
    [InlineData(Errno.EIO, ContentError.NotFound)]
    public void A_file_for_which_no_descriptor_is_free_is_not_said_to_be_missing(Errno error, ContentError told) =>
        Assert.Equal(told, OpenFiles.ReasonOf(new IOException("as the runtime makes it of that error", (int)error)));

    [Fact]
    public void A_changed_time_alone_is_a_change()
    {
        using var files = new OpenFiles("/", within: null, 4);
        var path = Write("a", "text");
        using var before = files.Open(path, out _)!;
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(1));
        using var after = files.Open(path, out _)!;
        Assert.NotEqual(before.ETag, after.ETag);
    }

    [Fact]
    public void Room_is_made_by_closing_what_nobody_reads()
    {
        using var files = new OpenFiles("/", within: null, 2);
        files.Open(Write("a", "a"), out _)!.Dispose();
        using var held = files.Open(Write("b", "b"), out _)!;
        using var third = files.Open(Write("c", "c"), out var error);
        Assert.Equal((1, ContentError.None), (Length(third!), error));
        Assert.Equal(1, Length(held));
    }

    [Fact]
    public void When_all_are_read_there_is_no_more_room()
    {
        using var files = new OpenFiles("/", within: null, 2);
        using var first = files.Open(Write("a", "a"), out _)!;
        using var second = files.Open(Write("b", "b"), out _)!;
        Assert.Null(files.Open(Write("c", "c"), out var error));
        Assert.Equal(ContentError.TooManyOpen, error);
        first.Dispose();
        using var third = files.Open(Write("c", "c"), out error);
        Assert.Equal(ContentError.None, error);
    }

    [Fact]
    public async Task A_pipe_does_not_block()
    {
        var path = Path.Combine(_folder, "pipe");
        using (var mkfifo = Process.Start("mkfifo", path)) await mkfifo.WaitForExitAsync();
        using var files = new OpenFiles("/", within: null, 2);
        using var pipe = await Task.Run(() => files.Open(path, out _)).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, pipe!.Stamp.Length);
    }

    [Fact]
    public async Task Many_threads_open_replace_and_read_without_harm()
    {
        using var files = new OpenFiles("/", within: null, 2);
        var paths = Enumerable.Range(0, 4).Select(i => Write($"f{i}", new string('x', i + 1))).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            var random = new Random(worker);
            for (var round = 0; round < 2000; round++)
            {
                var i = random.Next(paths.Length);
                if (round % 100 == 0) File.SetLastWriteTimeUtc(paths[i], DateTime.UnixEpoch.AddSeconds(round));
                using var file = files.Open(paths[i], out var error);
                Assert.True(file is null ? error == ContentError.TooManyOpen : Length(file) == i + 1);
            }
        })));
    }

    private static int Length(OpenFile file) => file.Read(0, new byte[100]);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
