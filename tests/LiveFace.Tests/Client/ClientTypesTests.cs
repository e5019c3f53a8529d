using System.Text.Json;
using LiveFace.Client.Messages;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Client;

/// <summary>The client's types are those of the server.</summary>
public sealed class ClientTypesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("RoomState", typeof(RoomState))]
    [InlineData("Policy", typeof(RoomPolicy))]
    [InlineData("When", typeof(RuleWhen))]
    [InlineData("How", typeof(RuleHow))]
    [InlineData("Zone", typeof(PolicyZone))]
    [InlineData("ShareLink", typeof(ShareLink))]
    [InlineData("ModelInfo", typeof(ModelInfo))]
    [InlineData("PictureDetections", typeof(PictureDetections))]
    [InlineData("PictureObject", typeof(PictureObject))]
    [InlineData("FaceAttributes", typeof(FaceAttributes))]
    [InlineData("PictureCrop", typeof(PictureCrop))]
    [InlineData("BoxOutline", typeof(BoxOutline))]
    [InlineData("Job", typeof(Job))]
    [InlineData("JobFilm", typeof(JobFilm))]
    [InlineData("JobResult", typeof(JobResult))]
    [InlineData("JobTrack", typeof(JobTrack))]
    [InlineData("JobEdits", typeof(JobEdits))]
    [InlineData("DrawnKind", typeof(DrawnKind))]
    [InlineData("JobReport", typeof(JobReport))]
    [InlineData("ReportHand", typeof(ReportHand))]
    [InlineData("ReportInput", typeof(ReportInput))]
    [InlineData("ReportOutput", typeof(JobResult))]
    [InlineData("JobModel", typeof(ReportModel))]
    [InlineData("JobDoubt", typeof(ReportDoubt))]
    [InlineData("AuditMark", typeof(ReportMark))]
    [InlineData("NewFeedback", typeof(NewFeedback))]
    [InlineData("FeedbackInfo", typeof(FeedbackInfo))]
    [InlineData("Watermark", typeof(PolicyWatermark))]
    [InlineData("Framing", typeof(PolicyFraming))]
    [InlineData("WatermarkRemoval", typeof(WatermarkRemoval))]
    public async Task Its_types_have_the_members_of_what_is_sent(string schema, Type type)
    {
        await using var server = await RunningServer.StartAsync();
        using var document = JsonDocument.Parse(await server.Client.GetStringAsync("/openapi/v1.json", Cancel));
        var served = document.RootElement.GetProperty("components").GetProperty("schemas").GetProperty(schema).GetProperty("properties").EnumerateObject().Select(p => p.Name);
        type.GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).ShouldBe(served, ignoreOrder: true);
    }
}
