using NetBootFabric.Storm.Arp;
using NetBootFabric.Storm.Content;
using NetBootFabric.Storm.Http;
using NetBootFabric.Storm.Tftp;

namespace NetBootFabric.Storm.Clients;

internal sealed partial class BootCourse
{
    /// <summary>The last file: its text when it was to be kept.</summary>
    private Download _download = null!;

    private Step _fetch = null!;

    /// <summary>Of the last file that firmware loaded.</summary>
    private ImageCommandLine? _image;

    private bool Fetched => _fetch.State == StepState.Done;

    /// <summary>What to load and how; what becomes of it stands in <see cref="_fetch"/> and <see cref="_download"/>.</summary>
    private sealed record Wish
    {
        public TftpManner Tftp { get; init; } = TftpManner.Ipxe;
        public HttpManner Http { get; init; } = HttpManner.Ipxe;
        public Milestone? Reached { get; init; }
        public bool MayFail { get; init; }
        public bool Keep { get; init; }
        public bool HeadOnly { get; init; }
        /// <summary>Firmware loads it: it may be a unified kernel image with a command line of its own.</summary>
        public bool Image { get; init; }
    }

    private static Wish Loading(Milestone milestone) => new() { Reached = milestone };

    private IEnumerable<Step> Fetch(BootUrl url, Wish wish)
    {
        var hop = station.HopTo(url.Host);
        if (!station.IsResolved(hop)) yield return new ArpResolve(station, hop) { Reached = Milestone.Arp };
        _image = wish.Image ? new ImageCommandLine() : null;
        _download = new Download(wish.HeadOnly ? null : settings.Library.Find(url.Path), wish.Keep, station.Counters) { Image = _image };
        _fetch = url.IsHttp
            ? new HttpFetch(station, wish.Http with { Patience = settings.Patience }, url, _download, wish.HeadOnly) { Reached = wish.Reached, MayFail = wish.MayFail }
            : new TftpFetch(station, wish.Tftp, url.Host, url.Path, _download) { Reached = wish.Reached, MayFail = wish.MayFail };
        yield return _fetch;
        if (_fetch.State == StepState.Failed) _lastFailure = _fetch.Failure;
    }
}
