using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NetBootFabric.Node.Access.Tls;

/// <summary>What the admin API shows off the loopback: a certificate that somebody else made, read again when its file changes; or its own, made at first start and renewed with the same key.</summary>
internal sealed class AdminCertificate
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly Func<X509Certificate2> _load;
    private readonly Func<X509Certificate2, bool> _isStale;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private X509Certificate2 _current;
    private long _looked;

    private AdminCertificate(Func<X509Certificate2> load, Func<X509Certificate2, bool> isStale, TimeProvider time)
    {
        (_load, _isStale, _time) = (load, isStale, time);
        _current = load();
        _looked = time.GetTimestamp();
    }

    public string Fingerprint => AdminApi.Access.Fingerprint.Of(Current());

    /// <summary>For each connection. A file that can't be read any more changes nothing.</summary>
    public X509Certificate2 Current()
    {
        lock (_lock)
        {
            if (_time.GetElapsedTime(_looked) < Every) return _current;
            _looked = _time.GetTimestamp();
            if (!_isStale(_current)) return _current;
            try
            {
                // Connections may still use the former one: it is left to the collector.
                _current = _load();
            }
            catch (IOException)
            {
                // The one in force stays until the files are right again.
            }
            return _current;
        }
    }

    /// <exception cref="IOException">The files can't be read, or are no certificate with its key; the message says what to do.</exception>
    public static AdminCertificate Read(string certificate, string key, TimeProvider time)
    {
        var read = DateTime.MinValue;
        return new AdminCertificate(Load, _ => Newest() != read, time);

        DateTime Newest() => new[] { certificate, key }.Max(File.GetLastWriteTimeUtc);

        X509Certificate2 Load() => Guard($"the admin API's certificate {certificate} with the key {key}", () =>
        {
            read = Newest();
            return X509Certificate2.CreateFromPemFile(certificate, key);
        });
    }

    /// <param name="path">Where it is kept, its key with it.</param>
    /// <param name="name">Of the head node.</param>
    /// <exception cref="IOException">It can't be kept there; the message says what to do.</exception>
    public static AdminCertificate Own(string path, string name, IReadOnlyList<IPAddress> addresses, TimeProvider time)
    {
        var making = new OwnCertificate(name, addresses, time);
        return new AdminCertificate(() => Guard($"the admin API's own certificate {path}", () => making.LoadOrMake(path)), making.IsStale, time);
    }

    private static X509Certificate2 Guard(string what, Func<X509Certificate2> load)
    {
        try
        {
            return load();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new IOException($"{what} can't be used: {fault.Message.TrimEnd('.')}. Write other files in 'admin: {{ certificate, key }}', or let netbootd read and write there", fault);
        }
    }
}
