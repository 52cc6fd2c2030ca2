using System.Net;
using System.Text.Json;

namespace NetBootFabric.Power.Redfish;

/// <summary>What a service does after it has answered (DSP0266 §12.2): 202 with a task monitor that says 202 until it is done, or the Task itself.</summary>
internal sealed class RedfishTask(RedfishConnection connection, PowerSettings settings, TimeProvider time)
{
    public Task PauseAsync(CancellationToken cancellation) => Task.Delay(settings.Pause, time, cancellation);

    /// <summary>Comes back when it is done; a task that went wrong is a <see cref="BmcException"/>.</summary>
    public async Task FinishedAsync(RedfishReply reply, CancellationToken cancellation)
    {
        var monitor = reply.Location ?? reply.Body.Text("TaskMonitor") ?? reply.Body.Text("@odata.id");
        var began = time.GetTimestamp();
        while (reply.Status == HttpStatusCode.Accepted)
        {
            if (Ended(reply.Body)) return;
            // An answer of 202 with neither is all there is to know; the machine's state tells the rest.
            if (monitor is null) return;
            if (time.GetElapsedTime(began) > settings.Settle) throw new BmcException($"{connection.Host} has not done it after {settings.Settle.TotalSeconds:0} s ({monitor})");
            await Task.Delay(reply.RetryAfter ?? settings.Pause, time, cancellation);
            reply = connection.Good(await connection.SendAsync(HttpMethod.Get, monitor, null, null, cancellation), monitor);
            // Without a monitor the Task itself is asked, and says 200 while it runs.
            if (reply.Status == HttpStatusCode.OK && Runs(reply.Body)) reply = reply with { Status = HttpStatusCode.Accepted };
        }
        Ended(reply.Body);
    }

    private static bool Runs(JsonElement task) => task.Text("TaskState") is "New" or "Starting" or "Running" or "Pending" or "Suspended" or "Stopping" or "Service" or "Completing";

    private bool Ended(JsonElement task)
    {
        var state = task.Text("TaskState");
        if (state is "Exception" or "Killed" or "Cancelled" or "Interrupted" || task.Text("TaskStatus") == "Critical")
        {
            var message = task.Member("Messages").Items().Select(each => each.Text("Message")).FirstOrDefault(each => each is { Length: > 0 });
            throw new BmcException($"{connection.Host} could not do it: {message?.TrimEnd('.') ?? $"its task ended with {state}"}");
        }
        return state == "Completed";
    }
}
