using NetBootFabric.Boot.Loaders;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Content.KernelImages;
using NetBootFabric.Node.Wiring;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Node.Doctor;

/// <summary>Network boot programs that are not there, with their packages.</summary>
internal sealed class LoaderPrograms(string files, IRoomSource rooms) : IDoctorCheck
{
    public string Name => "loaders";

    public IEnumerable<Finding> Look()
    {
        var missing = LoaderFiles.All.Append(KernelImageStubs.X64).Where(file => !MissingLoaders.IsThere(files, file)).ToList();
        foreach (var profile in rooms.Current.Profiles.Values.Where(profile => profile.Loader != LoaderKind.Auto))
        {
            var sets = Enum.GetValues<ClientArchitecture>().Select(architecture => LoaderFiles.For(profile.Loader, architecture)).Where(set => set.Length > 0).ToList();
            if (sets.Count == 0 || sets.Any(set => !set.Any(missing.Contains))) continue;
            var lacking = sets.SelectMany(set => set).Where(missing.Contains).Distinct().ToList();
            yield return Finding.Broken($"profile {profile.Name} wants {profile.Loader}, and {string.Join(", ", lacking.Select(file => file.Name))} is not there", $"apt install {string.Join(' ', lacking.Select(file => file.Package).Distinct())}, or put a copy into {files}");
        }
        foreach (var package in missing.GroupBy(file => file.Package))
            yield return Finding.Advice($"{string.Join(", ", package.Select(file => file.Name))} not there: clients whose firmware needs it can't boot", $"apt install {package.Key}, or put copies into {files}; nothing, if no client needs it");
        if (missing.Count == 0) yield return Finding.Ok("all there");
    }
}
