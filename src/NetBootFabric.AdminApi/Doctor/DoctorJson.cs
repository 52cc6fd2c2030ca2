using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetBootFabric.AdminApi.Doctor;

/// <summary>One way to write and read the contracts, on both sides.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DoctorView))]
[JsonSerializable(typeof(HeadDoctor))]
public sealed partial class DoctorJson : JsonSerializerContext;
