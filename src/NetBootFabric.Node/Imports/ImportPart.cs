using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Import;
using NetBootFabric.Import;
using NetBootFabric.Node.Admin;
using NetBootFabric.Node.Catalog;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Imports;

/// <summary>Takes in what another system's configuration says of nodes.</summary>
internal sealed class ImportPart(CatalogKeeper keeper) : IAdminPart
{
    private static readonly string Formats = string.Join(", ", Enum.GetNames<ImportFormat>().Select(name => name.ToLowerInvariant()));

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(ImportRoutes.Import, (HttpContext context, string? format, string? name, bool? dryRun, bool? keepGoing) => ImportAsync(context, format, name, dryRun ?? false, keepGoing ?? false)).Needs(Role.Operate).TakesUpTo(ImportReader.SizeLimit);

    /// <param name="name">Of the file: it may tell the format.</param>
    private async Task<IResult> ImportAsync(HttpContext context, string? format, string? name, bool dryRun, bool keepGoing)
    {
        var bytes = await CatalogAnswers.BodyAsync(context.Request, context.RequestAborted);
        if (format is not null && FormatOf(format) is null) return AdminCalls.Error(StatusCodes.Status400BadRequest, $"'{format}' is no format that can be imported; it is one of {Formats}");
        if ((FormatOf(format) ?? FormatGuess.Of(name, bytes)) is not { } kind) return AdminCalls.Error(StatusCodes.Status400BadRequest, $"the text does not tell which system it is of; say it: format is one of {Formats}");
        var room = keeper.Room;
        var imported = ImportReader.Read(kind, bytes, address =>
            Ipv4Address.TryParse(address, out var at) && room.SubnetOf(at) is not null);
        return await ImportAsync(imported, kind, dryRun, keepGoing, context.RequestAborted);
    }

    private async Task<IResult> ImportAsync(Imported imported, ImportFormat kind, bool dryRun, bool keepGoing, CancellationToken cancellation)
    {
        var (catalog, room) = keeper.Now;
        var notes = imported.Notes.ToList();
        var document = ImportFit.Fitting(catalog, ImportMerge.Onto(catalog, imported.Document), room, node => imported.Lines.GetValueOrDefault(node.Mac), notes);
        var broken = imported.Broken + notes.Count - imported.Notes.Count;
        var stops = broken > 0 && !keepGoing;
        var outcome = await keeper.ApplyAsync(document, dryRun || stops, prune: false, cancellation);
        if (outcome.Refusal is { } refusal) return CatalogAnswers.Of(refusal);
        var view = new ImportView
        {
            Format = kind.ToString().ToLowerInvariant(),
            Applied = !dryRun && !stops,
            DryRun = dryRun,
            Nodes = document.Nodes.Count,
            Groups = document.Groups.Count,
            Broken = broken,
            Notes = [.. notes.OrderBy(note => note.Line)],
            NotesLeftOut = imported.NotesLeftOut,
            Result = outcome.Done,
        };
        return TypedResults.Json(view, ImportJson.Default.ImportView);
    }

    private static ImportFormat? FormatOf(string? word) =>
        word is not null && word.All(char.IsAsciiLetter) && Enum.TryParse<ImportFormat>(word, ignoreCase: true, out var format) ? format : null;
}
