using System.Text.Json;
using System.Text.Json.Serialization;
using LiveFace.Client.Messages;

namespace LiveFace.Client;

/// <summary>Everything that goes over the wire, written and read without reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RoomState))]
[JsonSerializable(typeof(IReadOnlyList<RoomState>))]
[JsonSerializable(typeof(RoomSnapshot))]
[JsonSerializable(typeof(RoomPolicy))]
[JsonSerializable(typeof(JoinOptions))]
[JsonSerializable(typeof(Detections))]
[JsonSerializable(typeof(PolicyChanged))]
[JsonSerializable(typeof(Notice))]
[JsonSerializable(typeof(Goodbye))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(ShareLink))]
[JsonSerializable(typeof(ShareRequest))]
[JsonSerializable(typeof(IReadOnlyList<ModelInfo>))]
[JsonSerializable(typeof(PictureDetections))]
[JsonSerializable(typeof(PictureCrop))]
[JsonSerializable(typeof(BoxOutline))]
[JsonSerializable(typeof(WatermarkRemoval))]
[JsonSerializable(typeof(PolicyWatermark))]
[JsonSerializable(typeof(IReadOnlyList<Job>))]
[JsonSerializable(typeof(JobGone))]
[JsonSerializable(typeof(JobReport))]
[JsonSerializable(typeof(IReadOnlyList<JobTrack>))]
[JsonSerializable(typeof(JobEdits))]
[JsonSerializable(typeof(NewFeedback))]
[JsonSerializable(typeof(FeedbackInfo))]
[JsonSerializable(typeof(IReadOnlyList<Person>))]
[JsonSerializable(typeof(PersonOrder))]
[JsonSerializable(typeof(PersonReceipt))]
[JsonSerializable(typeof(IReadOnlyList<Collection>))]
[JsonSerializable(typeof(CollectionOrder))]
[JsonSerializable(typeof(VectorItems))]
[JsonSerializable(typeof(CollectionItem))]
[JsonSerializable(typeof(VectorQuery))]
[JsonSerializable(typeof(Neighbours))]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(long))]
internal sealed partial class ClientJson : JsonSerializerContext;

/// <summary>What is read of a problem detail (RFC 9457).</summary>
internal sealed record ProblemBody(string? Code, string? Title, string? Detail, int? Status, long? CurrentVersion);
