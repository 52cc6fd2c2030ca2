using NetBootFabric.AdminApi.Access;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetBootFabric.Pbm.Show;

internal static class TokenTable
{
    public static IRenderable Render(IReadOnlyList<TokenView> tokens)
    {
        if (tokens.Count == 0) return new Text("No tokens yet: pbm token new NAME --role read|operate|admin makes one. Root on a head node needs none.\n");
        var table = new Table().Border(TableBorder.Simple).AddColumns("NAME", "ROLE", "MADE");
        foreach (var token in tokens) table.AddRow(new Text(token.Name), new Text(token.Role), new Text(Quantity.Time(token.Made)));
        return table;
    }
}
