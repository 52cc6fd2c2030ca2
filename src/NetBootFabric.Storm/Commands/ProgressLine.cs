using System.Globalization;
using NetBootFabric.Storm.Room;

namespace NetBootFabric.Storm.Commands;

/// <summary>While the storm goes on: one line, drawn anew on a terminal, every few seconds into a file.</summary>
internal sealed class ProgressLine(StormLoop loop)
{
    private const int Width = 40;
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(200), IntoFile = TimeSpan.FromSeconds(5);

    private readonly bool _terminal = !Console.IsErrorRedirected;

    /// <summary>Until disposed.</summary>
    public IDisposable Start()
    {
        var period = _terminal ? OnTerminal : IntoFile;
        return new Ticking(new Timer(_ => Draw(), null, period, period), this);
    }

    internal static string Render(int clients, int started, int booted, int failed, TimeSpan elapsed)
    {
        var done = (int)((long)booted * Width / clients);
        var lost = (int)((long)failed * Width / clients);
        var bar = new string('#', done) + new string('!', lost) + new string('.', Width - done - lost);
        return string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds,6:0.0} s [{bar}] {started} on, {booted} booted, {failed} failed of {clients}");
    }

    private void Draw()
    {
        var room = loop.Room;
        var line = Render(room.Clients.Count, room.Started, room.Booted, room.Failed, loop.Elapsed);
        if (_terminal) Console.Error.Write($"\r{line} ");
        else Console.Error.WriteLine(line);
    }

    private sealed class Ticking(Timer timer, ProgressLine line) : IDisposable
    {
        public void Dispose()
        {
            timer.Dispose();
            if (!line._terminal) return;
            line.Draw();
            Console.Error.WriteLine();
        }
    }
}
