using System.Text;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Access;

namespace NetBootFabric.Node.Access;

/// <summary>An administrator's token for root on this machine: made at each start, in a file that only its owner reads, gone with the process's orderly end.</summary>
internal sealed class LocalToken : IDisposable
{
    /// <summary>What it is called where callers are named; no other token may be.</summary>
    public const string Name = "root";

    private readonly List<string> _files = [];
    private readonly string _secret = TokenSecret.New();

    public LocalToken(TimeProvider time) => Token = new AccessToken(Name, Role.Admin, TokenSecret.HashOf(_secret)!, time.GetUtcNow());

    public AccessToken Token { get; }

    /// <summary>Leaves it for whoever asks on <paramref name="port"/> of the loopback in this network namespace.</summary>
    /// <returns>The file.</returns>
    /// <exception cref="IOException">It can't be written there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written there.</exception>
    public string Leave(string folder, int port)
    {
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        var file = TokenFile.PathOf(folder, port);
        var draft = $"{file}.{Guid.NewGuid():N}";
        using (var stream = new FileStream(draft, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
            stream.Write(Encoding.ASCII.GetBytes(_secret + "\n"));
        // A reader finds the old one or the new one, never half of one.
        File.Move(draft, file, overwrite: true);
        _files.Add(file);
        return file;
    }

    /// <summary>The files go; one that another head node has written over since stays.</summary>
    public void Dispose()
    {
        foreach (var file in _files)
        {
            try
            {
                if (File.ReadAllText(file).Trim() == _secret) File.Delete(file);
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // Whoever took it away has done it already; what it holds opens nothing any more.
            }
        }
    }
}
