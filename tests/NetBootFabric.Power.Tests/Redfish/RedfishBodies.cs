using System.Text.Json.Nodes;

namespace NetBootFabric.Power.Tests.Redfish;

/// <summary>The resources' bodies, with the properties that their schemas require and those that a client reads.</summary>
internal static class RedfishBodies
{
    public static JsonObject Root(RedfishHabits habits) => new()
    {
        ["@odata.id"] = "/redfish/v1/",
        ["@odata.type"] = "#ServiceRoot.v1_16_0.ServiceRoot",
        ["Id"] = "RootService",
        ["Name"] = "Root Service",
        ["RedfishVersion"] = "1.18.0",
        ["UUID"] = "92384634-2938-2342-8820-489239905423",
        ["Systems"] = Link("/redfish/v1/Systems"),
        ["Links"] = habits.HasSessions ? new JsonObject { ["Sessions"] = Link("/redfish/v1/SessionService/Sessions") } : new JsonObject(),
    };

    public static JsonObject Systems(RedfishHabits habits) => new()
    {
        ["@odata.id"] = "/redfish/v1/Systems",
        ["@odata.type"] = "#ComputerSystemCollection.ComputerSystemCollection",
        ["Name"] = "Computer System Collection",
        ["Members@odata.count"] = habits.Systems,
        ["Members"] = new JsonArray([.. Enumerable.Range(1, habits.Systems).Select(number => Link($"/redfish/v1/Systems/sys{number}"))]),
    };

    public static JsonObject System(string id, RedfishHabits habits, string state, string nextBoot, string tag) => new()
    {
        ["@odata.id"] = $"/redfish/v1/Systems/{id}",
        ["@odata.type"] = "#ComputerSystem.v1_22_0.ComputerSystem",
        ["@odata.etag"] = tag,
        ["Id"] = id,
        ["Name"] = "WebFrontEnd483",
        ["SystemType"] = "Physical",
        ["PowerState"] = state,
        ["Status"] = new JsonObject { ["State"] = "Enabled", ["Health"] = "OK" },
        ["Boot"] = new JsonObject
        {
            ["BootSourceOverrideTarget"] = nextBoot.Split(' ')[0],
            ["BootSourceOverrideEnabled"] = nextBoot.Split(' ')[1],
            ["BootSourceOverrideTarget@Redfish.AllowableValues"] = Words(habits.BootTargets),
        },
        ["Actions"] = new JsonObject { ["#ComputerSystem.Reset"] = Reset(id, habits) },
    };

    public static JsonObject ActionInfo(string id) => new()
    {
        ["@odata.id"] = $"/redfish/v1/Systems/{id}/ResetActionInfo",
        ["@odata.type"] = "#ActionInfo.v1_4_1.ActionInfo",
        ["Id"] = "ResetActionInfo",
        ["Name"] = "Reset Action Info",
        ["Parameters"] = new JsonArray(new JsonObject { ["Name"] = "ResetType", ["Required"] = true, ["DataType"] = "String", ["AllowableValues"] = Words(["On", "ForceOff", "ForceRestart"]) }),
    };

    public static JsonObject Session(string id, string user) => new()
    {
        ["@odata.id"] = $"/redfish/v1/SessionService/Sessions/{id}",
        ["@odata.type"] = "#Session.v1_7_0.Session",
        ["Id"] = id,
        ["Name"] = "User Session",
        ["UserName"] = user,
        ["Password"] = null,
    };

    public static JsonObject Task(string state, string status, string? message) => new()
    {
        ["@odata.id"] = "/redfish/v1/TaskService/Tasks/1",
        ["@odata.type"] = "#Task.v1_7_3.Task",
        ["Id"] = "1",
        ["Name"] = "Task 1",
        ["TaskMonitor"] = "/redfish/v1/TaskService/TaskMonitors/1",
        ["TaskState"] = state,
        ["TaskStatus"] = status,
        ["Messages"] = message is null ? new JsonArray() : new JsonArray(new JsonObject { ["MessageId"] = "Base.1.18.InternalError", ["Message"] = message }),
    };

    public static JsonObject Error(string id, string message) => new()
    {
        ["error"] = new JsonObject
        {
            ["code"] = "Base.1.18.GeneralError",
            ["message"] = "A general error has occurred. See ExtendedInfo for more information.",
            ["@Message.ExtendedInfo"] = new JsonArray(new JsonObject { ["@odata.type"] = "#Message.v1_2_1.Message", ["MessageId"] = id, ["Message"] = message, ["MessageSeverity"] = "Critical", ["Resolution"] = "None." }),
        },
    };

    private static JsonObject Reset(string id, RedfishHabits habits)
    {
        var reset = new JsonObject { ["target"] = $"/redfish/v1/Systems/{id}/Actions/ComputerSystem.Reset" };
        if (habits.HasActionInfo) reset["@Redfish.ActionInfo"] = $"/redfish/v1/Systems/{id}/ResetActionInfo";
        else if (habits.ResetTypes is { } kinds) reset["ResetType@Redfish.AllowableValues"] = Words(kinds);
        return reset;
    }

    private static JsonObject Link(string path) => new() { ["@odata.id"] = path };

    private static JsonArray Words(string[] words) => new([.. words.Select(word => (JsonNode)word)]);
}
