using System.Diagnostics;
using System.Runtime.InteropServices;
using NetBootFabric.Testing;

namespace NetBootFabric.EndToEnd.Tests.Lab;

/// <summary>A program in a network namespace. What it prints goes to a file, and can be followed.</summary>
internal sealed class RunningProgram : IDisposable
{
    private const int SignalKill = 9;
    private const int SignalTerminate = 15;

    private readonly Process _process;
    private readonly StreamWriter _log;

    /// <param name="where">Null: outside of all namespaces.</param>
    public RunningProgram(NetworkNamespace? where, string log, string program, params IEnumerable<string> arguments)
    {
        LogPath = log;
        _log = new StreamWriter(new FileStream(log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };

        // "ip netns exec" becomes the program: the process id is the program's.
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(where is null ? program : "ip", where is null ? arguments : ["netns", "exec", where.Name, program, .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
            },
        };
        _process.OutputDataReceived += (_, line) => Write(line.Data);
        _process.ErrorDataReceived += (_, line) => Write(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string LogPath { get; }
    public string Log => TextFile.Read(LogPath);
    public bool HasExited => _process.HasExited;
    public int ExitCode => _process.ExitCode;
    public int Id => _process.Id;

    public void Terminate() => Signal(SignalTerminate);

    public void Signal(int number)
    {
        if (!_process.HasExited) _ = kill(_process.Id, number);
    }

    /// <summary>kill -9: the program can't do anything about it.</summary>
    public void Kill()
    {
        Signal(SignalKill);
        // With a limit, it does not also wait for a grandchild that still holds the output open.
        _process.WaitForExit(TimeSpan.FromSeconds(10));
    }

    public Task ExitAsync(CancellationToken cancellation) => _process.WaitForExitAsync(cancellation);

    public void Dispose()
    {
        Kill();
        _process.Dispose();
        lock (_log) _log.Dispose();
    }

    private void Write(string? line)
    {
        lock (_log)
        {
            if (line is not null && _log.BaseStream is { CanWrite: true }) _log.WriteLine(line);
        }
    }

#pragma warning disable IDE1006 // The C library's name.
    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int process, int signal);
#pragma warning restore IDE1006
}
