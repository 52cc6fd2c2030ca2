using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.HttpBoot.Requests;
using NetBootFabric.HttpBoot.Responses;
using NetBootFabric.HttpBoot.Transfers;

namespace NetBootFabric.HttpBoot.Serving;

/// <summary>One request of a connection and its answer: a report is taken, content is found and sent.</summary>
internal sealed class Exchange(HttpConnection connection, HttpServices services)
{
    private KnownTarget? _target;
    private RequestMethod _method;
    private string _name = "";
    private bool _isOld;
    private Opening? _opening;

    /// <summary>The connection serves another request after this one.</summary>
    public bool KeepAlive { get; set; }

    /// <summary>Takes a new request over from its head, or the same one again.</summary>
    public void Begin(in RequestHead head, KnownTarget target)
    {
        (_target, _method, _isOld) = (target, head.Method, head.IsOld);
        _name = _method switch { RequestMethod.Get => "GET", RequestMethod.Head => "HEAD", RequestMethod.Post => "POST", _ => System.Text.Encoding.ASCII.GetString(head.Name) };
        KeepAlive = head.KeepAlive && !connection.Loop.IsDraining;
    }

    /// <summary>False: what was asked for is still being found; the same head is wanted again when <see cref="HttpConnection"/> is told.</summary>
    /// <param name="body">The first octets of it.</param>
    public bool Answer(in RequestHead head, ReadOnlySpan<byte> body)
    {
        if (_method == RequestMethod.Other) return NotAllowed("GET, HEAD");
        if (!_target!.IsValid) return Refuse(_target.Raw, ResponseStatus.BadRequest, null);
        if (_target.Report is { } report) return _method == RequestMethod.Head ? NotAllowed("GET, POST") : Take(report, body);
        // iPXE posts the parameters of a "chain …##params": a script is answered as if asked for by GET, and they are passed over.
        var isScript = _target.Target.Path.StartsWith(BootPaths.Prefix, StringComparison.Ordinal);
        return _method == RequestMethod.Post && !isScript ? NotAllowed("GET, HEAD") : Serve(head);
    }

    /// <summary>What is no request that could be answered: the connection is closed after it.</summary>
    public void Refuse(int status)
    {
        (KeepAlive, _method) = (false, RequestMethod.Get);
        Plain(status, status switch { 408 => "too slow", 413 => "too large", 414 or 431 => "too long", _ => "bad request" });
    }

    /// <summary>The connection is gone, or done with this request.</summary>
    public void Forget()
    {
        _opening?.Abandon();
        (_opening, _target) = (null, null);
    }

    private bool Take(ReportTarget report, ReadOnlySpan<byte> body)
    {
        services.Reports.Take(_target!.Target, report, connection.Peer, body);
        return Plain(200, "ok");
    }

    private bool Serve(in RequestHead head)
    {
        ContentResult? result;
        if (_opening is null)
        {
            connection.Asked();
            var request = new ContentRequest(_target!.Target.Path, connection.Peer, connection.Local, TransferProtocol.Http);
            if ((_opening = Opening.Begin(services.Content, request, connection, out result)) is not null) return false;
        }
        else if (!_opening.TryTake(out result)) return false;
        _opening = null;
        if (result is not { } found) return Refuse(_target!.Target.Path, ResponseStatus.Broken, null);
        return found.Content is { } content ? Send(head, content) : Refuse(_target!.Target.Path, ResponseStatus.Of(found.Error), found.Detail);
    }

    private bool Send(in RequestHead head, BootContent content)
    {
        var writer = new HeadWriter(connection.Loop.Output);
        var answer = ContentAnswer.Write(ref writer, head, content);
        Finish(ref writer);
        if (answer.Body is not { } range)
        {
            content.Dispose();
            connection.Send(writer.Length, answer.Status);
            return true;
        }
        var story = new Transfer(services.Journal, content, _target!.Target.Path, connection.Peer);
        if (_method == RequestMethod.Head)
        {
            story.Probed();
            content.Dispose();
            connection.Send(writer.Length, answer.Status);
            return true;
        }
        connection.Send(writer.Length, answer.Status, new Download(connection, services, content, range, story));
        return true;
    }

    private bool NotAllowed(string allowed) => Plain(405, $"use {allowed}", allowed);

    private bool Refuse(string path, ResponseStatus status, string? detail)
    {
        services.Journal.Refused(path.Length > 255 ? path[..255] : path, connection.Peer, status.Failure, detail ?? status.Reason);
        return Plain(status.Code, detail ?? status.Reason);
    }

    private bool Plain(int status, string line, string? allowed = null)
    {
        var writer = new HeadWriter(connection.Loop.Output);
        PlainAnswer.WriteHead(ref writer, status, line, allowed);
        Finish(ref writer);
        if (_method != RequestMethod.Head) PlainAnswer.WriteBody(ref writer, line);
        connection.Send(writer.Length, status);
        return true;
    }

    private void Finish(ref HeadWriter writer)
    {
        writer.Field("Date"u8, connection.Loop.Date);
        if (!KeepAlive) writer.Field("Connection"u8, "close"u8);
        else if (_isOld) writer.Field("Connection"u8, "keep-alive"u8);
        writer.End();
    }

    /// <summary>Tells the flight recorder how it went.</summary>
    public void Note(int status, Download? download, TimeSpan took)
    {
        if (_target is not { } target) return;
        // A name can be made up, an address less easily.
        var client = services.Recorder.ClientAt(connection.Peer);
        if (client == default) client = download?.Story.Client ?? default;
        if (client != default) FlightLine.Note(services.Recorder, client, $"{_name} {target.Raw}", status, download, took);
    }
}
