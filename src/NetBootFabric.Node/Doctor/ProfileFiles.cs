using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Rooms;

namespace NetBootFabric.Node.Doctor;

/// <summary>Kernels and initrds of profiles, asked for as a client would.</summary>
internal sealed class ProfileFiles(IBootContent content, IRoomSource rooms, string files) : IDoctorCheck
{
    public string Name => "profiles";

    public IEnumerable<Finding> Look()
    {
        var count = 0;
        var bad = false;
        foreach (var profile in rooms.Current.Profiles.Values.OrderBy(profile => profile.Name, StringComparer.Ordinal))
            foreach (var path in profile.Initrds.Prepend(profile.Kernel).Where(path => path.Length > 0))
            {
                count++;
                if (Trouble(path) is not { } trouble) continue;
                bad = true;
                yield return Finding.Broken($"{path} of profile {profile.Name}: {trouble}", $"put it under {files}, readable for the user that netbootd runs as, or correct the profile");
            }
        if (rooms.Current.Profiles.Count == 0) yield return Finding.Broken("there is no profile: nothing to boot", "write one: profiles: { default: { kernel: vmlinuz } }");
        else if (!bad) yield return Finding.Ok($"{count} files of {rooms.Current.Profiles.Count} profiles can be read");
    }

    private string? Trouble(string path)
    {
        var opened = content.OpenAsync(new ContentRequest(path, default, default, TransferProtocol.Http), default).AsTask().GetAwaiter().GetResult();
        using var file = opened.Content;
        if (file is null) return opened.Error switch { ContentError.NotFound => "is not there", ContentError.AccessDenied => "can't be read", ContentError.BadPath => "is no path under the root of files", _ => opened.Detail ?? opened.Error.ToString() };
        return file.Length == 0 ? "is empty" : null;
    }
}
