using System.Globalization;
using System.Net;
using System.Text;

namespace NetBootFabric.Storm.Report;

/// <summary>Curves over time as inline SVG.</summary>
internal static class SvgPlot
{
    private const int Width = 900, Height = 360, Left = 60, Right = 130, Top = 10, Bottom = 40;
    private const int Ticks = 5;

    private static readonly string[] Colours = ["#888888", "#1f77b4", "#17becf", "#9467bd", "#8c564b", "#e377c2", "#ff7f0e", "#bcbd22", "#2ca02c", "#d62728"];

    public static string Draw(IReadOnlyList<Curve> curves, double seconds, int clients)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" xmlns=\"http://www.w3.org/2000/svg\">\n");
        var scale = new Scale(Math.Max(seconds, 0.001), Math.Max(clients, 1));
        Axes(svg, scale);
        for (var i = 0; i < curves.Count; i++) Line(svg, scale, curves[i], ColourOf(curves[i].Name, i), i);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Axes(StringBuilder svg, Scale scale)
    {
        for (var tick = 0; tick <= Ticks; tick++)
        {
            var (seconds, clients) = (scale.Seconds * tick / Ticks, scale.Clients * (double)tick / Ticks);
            var (x, y) = (scale.X(seconds), scale.Y(clients));
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\" stroke=\"#ddd\"/>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 6}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{clients:0}</text>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{seconds:0.##} s</text>\n");
        }
    }

    private static void Line(StringBuilder svg, Scale scale, Curve curve, string colour, int index)
    {
        var points = new StringBuilder();
        var before = 0;
        foreach (var point in curve.Points)
        {
            // A stair: so many until then, so many from then on.
            points.Append(CultureInfo.InvariantCulture, $"{scale.X(point.Seconds):0.#},{scale.Y(before):0.#} {scale.X(point.Seconds):0.#},{scale.Y(point.Clients):0.#} ");
            before = point.Clients;
        }
        points.Append(CultureInfo.InvariantCulture, $"{Width - Right},{scale.Y(before):0.#}");
        svg.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"{points}\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width - Right + 8}\" y=\"{Top + 14 + 18 * index}\" fill=\"{colour}\">{WebUtility.HtmlEncode(curve.Name)} {before}</text>\n");
    }

    private static string ColourOf(string name, int index) => name switch
    {
        "Booted" => Colours[^2],
        "Failed" => Colours[^1],
        _ => Colours[index % (Colours.Length - 2)],
    };

    private readonly record struct Scale(double Seconds, int Clients)
    {
        public double X(double seconds) => Left + (Width - Left - Right) * seconds / Seconds;

        public double Y(double clients) => Top + (Height - Top - Bottom) * (1 - clients / Clients);
    }
}
