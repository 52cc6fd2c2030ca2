using System.Globalization;
using NetBootFabric.AdminApi;

namespace NetBootFabric.Pbm.Show;

/// <summary>How quantities are written for people.</summary>
internal static class Quantity
{
    public static string Bytes(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} B",
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KiB"),
        < 1024L * 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.00} GiB"),
    };

    public static string Duration(TimeSpan time) => time switch
    {
        { Ticks: < 0 } => "0.0 s",
        { TotalMinutes: < 1 } => Seconds(time.TotalSeconds),
        { TotalHours: < 1 } => $"{time.Minutes} min {time.Seconds:00} s",
        { TotalDays: < 1 } => $"{time.Hours} h {time.Minutes:00} min",
        _ => $"{time.Days} d {time.Hours:00} h",
    };

    public static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s");

    public static string Time(DateTimeOffset at) => at.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    public static string Failure(FailureView failure) =>
        failure.Detail.Length == 0 ? $"{failure.Step}: {failure.Cause}" : $"{failure.Step}: {failure.Cause} ({failure.Detail})";
}
