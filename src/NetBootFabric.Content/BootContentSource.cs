using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Boot.Scripts;
using NetBootFabric.Boot.Storms;
using NetBootFabric.Content.Files;
using NetBootFabric.Content.Paths;
using NetBootFabric.Content.Rendering;

namespace NetBootFabric.Content;

/// <summary>
/// Resolves every name that TFTP or HTTP is asked for: what is rendered for one client first, then files under the root, then the
/// distribution's loaders. Thread-safe.
/// </summary>
public sealed class BootContentSource : IBootContent, IContentSurvey, IDisposable
{
    private const string NoText = "the name holds octets that are no text";

    private readonly IClientLookup _clients;
    private readonly TimeProvider _time;
    private readonly ITurns _turns;
    private readonly ContentFolder _folder;
    private readonly FileRoles _roles;
    private readonly KernelImages.KernelImages _images;

    public BootContentSource(BootContentOptions options, IRoomSource rooms, IClientLookup clients, TimeProvider time, ITurns? turns = null)
    {
        _clients = clients;
        _time = time;
        _turns = turns ?? NoTurns.Instance;
        _folder = new ContentFolder(options.Root, options.OpenFiles);
        _roles = new FileRoles(rooms);
        _images = new KernelImages.KernelImages(_folder);
    }

    public ValueTask<ContentResult> OpenAsync(ContentRequest request, CancellationToken cancellation)
    {
        if (!ContentPath.TryNormalise(request.Path, out var path))
            return new(ContentPath.IsText(request.Path) ? ContentError.BadPath : new ContentResult(null, ContentError.NotFound, NoText));
        var opened = OpenAsync(path, request, cancellation);
        return Decoded(path) is not { } decoded || !opened.IsCompletedSuccessfully || opened.Result.Error != ContentError.NotFound
            ? opened : OpenAsync(decoded, request, cancellation);
    }

    private ValueTask<ContentResult> OpenAsync(string path, ContentRequest request, CancellationToken cancellation)
    {
        var route = ContentRoute.Of(path);
        return route.Kind switch
        {
            RouteKind.File => new(OpenFile(path)),
            RouteKind.Nothing => new(ContentError.NotFound),
            _ => RenderAsync(route, request, cancellation),
        };
    }

    private ContentResult OpenFile(string path) =>
        Find(ref path, out var error) is { } file ? new FileContent(file, _roles.Of(path)) : error;

    /// <summary>As it is written, else as it is on the disk but for the case of letters: then <paramref name="path"/> is that.</summary>
    private OpenFile? Find(ref string path, out ContentError error)
    {
        var file = _folder.Open(path, out error);
        if (error != ContentError.NotFound || _folder.Spelled(path) is not { } spelled) return file;
        path = spelled;
        return _folder.Open(path, out error);
    }

    /// <summary>Some firmware writes %5c for a backslash, in TFTP too. Null: nothing is encoded, or it would lead elsewhere.</summary>
    private static string? Decoded(string path) =>
        path.Contains('%', StringComparison.Ordinal) && Uri.UnescapeDataString(path) is var decoded && decoded != path
        && ContentPath.TryNormalise(decoded, out var normalised) ? normalised : null;

    private async ValueTask<ContentResult> RenderAsync(ContentRoute route, ContentRequest request, CancellationToken cancellation)
    {
        var target = route.Client is { } client
            ? await _clients.FindAsync(client, cancellation).ConfigureAwait(false)
            : await _clients.FindAsync(request.Peer, cancellation).ConfigureAwait(false);
        if (target is null) return ContentError.UnknownClient;
        if (route.Kind == RouteKind.KernelImage) return _images.Open(target, request.Local);
        if (route.Kind == RouteKind.IpxeScript) target = target with { Turn = TurnOf(target) };
        if (Render(route, target, request) is not { } rendered) return ContentError.NotFound;
        return rendered.Succeeded
            ? new RenderedContent(rendered.Text, RoleOf(route, target), _time.GetUtcNow()) { Client = target.Mac }
            : new ContentResult(null, ContentError.Misconfigured, rendered.Error);
    }

    private static ContentRole RoleOf(ContentRoute route, BootTarget target) =>
        route.Kind == RouteKind.Template ? ContentRole.Other : target.Turn.Waits ? ContentRole.Turn : ContentRole.Script;

    /// <summary>Only those who will load something wait for that, and only iPXE: the other loaders can't say so on their consoles and come back as well as it can.</summary>
    private Turn TurnOf(BootTarget target) => target.Intent is BootIntent.Hold or BootIntent.Local
        ? Turn.Now
        : _turns.Ask(target.Mac, target.Variables.GetValueOrDefault(NodeEntry.RackVariable, ""), target.Profile.Initrds.Prepend(target.Profile.Kernel).Sum(LengthOf));

    private long LengthOf(string path)
    {
        if (!ContentPath.TryNormalise(path, out var name)) return 0;
        using var file = Find(ref name, out _);
        return file?.Stamp.Length ?? 0;
    }

    /// <summary>Null: there is no such template.</summary>
    private static Rendered? Render(ContentRoute route, BootTarget target, ContentRequest request) => route.Kind switch
    {
        RouteKind.Template => Template.Render(target, route.Name!, request.Local, request.Protocol),
        RouteKind.IpxeScript => IpxeScript.Render(target, request.Local),
        RouteKind.PxelinuxConfig => PxelinuxConfig.Render(target, request.Local, request.Protocol),
        _ => GrubConfig.Render(target, request.Local),
    };

    public FileSurvey Look(string path)
    {
        if (!ContentPath.TryNormalise(path, out var name) || ContentRoute.Of(name).Kind != RouteKind.File) return new FileSurvey(Exists: false);
        using var file = Find(ref name, out var error);
        if (file is null) return new FileSurvey(Exists: error != ContentError.NotFound, error == ContentError.NotFound ? _folder.Nearest(name) : null);
        Span<byte> head = stackalloc byte[ImageHeader.Size];
        return new FileSurvey(Exists: true, Machine: ImageHeader.MachineOf(head[..file.Read(0, head)]));
    }

    public void Dispose() => _folder.Dispose();
}
