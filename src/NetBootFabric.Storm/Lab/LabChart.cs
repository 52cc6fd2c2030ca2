using System.Globalization;
using System.Net;
using System.Text;

namespace NetBootFabric.Storm.Lab;

/// <summary>A small diagram over the rates of the uplink, as inline SVG.</summary>
internal sealed class LabChart
{
    private const int Width = 420, Height = 240, Left = 46, Right = 8, Top = 26, Bottom = 30;

    private readonly StringBuilder _svg = new();
    private readonly string[] _rates;
    private readonly double _most;

    /// <param name="most">The upper end of the scale, which begins with 0.</param>
    /// <param name="unit">Of the scale.</param>
    public LabChart(string title, IEnumerable<double> rates, double most, string unit)
    {
        _rates = [.. rates.Select(rate => rate.ToString("0.##", CultureInfo.InvariantCulture))];
        _most = Math.Max(most, 0.001);
        _svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" xmlns=\"http://www.w3.org/2000/svg\">\n<text x=\"{Left}\" y=\"14\" class=\"title\">{WebUtility.HtmlEncode(title)}</text>\n");
        for (var tick = 0; tick <= 4; tick++)
        {
            var y = Y(_most * tick / 4);
            _svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\" stroke=\"#ddd\"/><text x=\"{Left - 5}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{_most * tick / 4:0.#}{unit}</text>\n");
        }
        for (var i = 0; i < _rates.Length; i++)
            _svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(i):0.#}\" y=\"{Height - 10}\" text-anchor=\"middle\">{_rates[i]}</text>\n");
    }

    /// <summary>One server's values, one for each rate; null where there is none.</summary>
    public void Line(IReadOnlyList<double?> values, string colour)
    {
        var points = new StringBuilder();
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } value) continue;
            points.Append(CultureInfo.InvariantCulture, $"{X(i):0.#},{Y(value):0.#} ");
            _svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(i):0.#}\" cy=\"{Y(value):0.#}\" r=\"3\" fill=\"{colour}\"/>\n");
        }
        _svg.Append($"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"{points}\"/>\n");
    }

    /// <summary>At a rate, one of several servers' bars: parts on top of one another.</summary>
    public void Bar(int rate, int bar, int bars, IEnumerable<(double Value, string Colour, string Title)> parts)
    {
        var width = 0.8 * Step / bars;
        var x = X(rate) - 0.4 * Step + bar * width;
        var below = 0.0;
        foreach (var (value, colour, title) in parts)
        {
            var (top, bottom) = (Y(below + value), Y(below));
            _svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x:0.#}\" y=\"{top:0.#}\" width=\"{width * 0.9:0.#}\" height=\"{bottom - top:0.#}\" fill=\"{colour}\"><title>{WebUtility.HtmlEncode(title)}</title></rect>\n");
            below += value;
        }
    }

    public override string ToString() => _svg + "</svg>\n";

    private double Step => (double)(Width - Left - Right) / Math.Max(1, _rates.Length);

    private double X(int rate) => Left + Step * (rate + 0.5);

    private double Y(double value) => Top + (Height - Top - Bottom) * (1 - Math.Min(value, _most) / _most);
}
