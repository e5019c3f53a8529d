using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using LiveFace.Films.Boxes;
using LiveFace.Films.Exchange;
using LiveFace.Films.Review;
using LiveFace.Films.Tests.Boxes;

namespace LiveFace.Films.Tests.Exchange;

public sealed class BoxExchangeTests
{
    private const int Pictures = 30;

    [Theory]
    [InlineData(ExchangeFormat.Cvat)]
    [InlineData(ExchangeFormat.Mot)]
    [InlineData(ExchangeFormat.Coco)]
    public void What_is_exported_is_imported_again_where_it_is_hidden(ExchangeFormat format)
    {
        BoxTrack[] tracks = [SampleBoxes.Track(1, 0, 9), SampleBoxes.Track(4, 12, 18)];
        using var file = new MemoryStream();
        BoxExchange.Export(file, format, SampleBoxes.Head(), tracks, Pictures);
        file.Position = 0;
        var read = BoxExchange.Import(file, format, SampleBoxes.Head(), Pictures, firstId: 7);
        read.Select(track => (track.Id, track.First, track.Last)).ShouldBe([(7, 0, 8), (8, 12, 29)]);
        for (var i = 0; i < tracks.Length; i++)
            for (var picture = tracks[i].First; picture <= tracks[i].Last; picture++)
            {
                var (was, now) = (tracks[i][picture].Cover, read[i][picture].Box);
                foreach (var apart in (float[])[was.Left - now.Left, was.Top - now.Top, was.Right - now.Right, was.Bottom - now.Bottom])
                    MathF.Abs(apart).ShouldBeLessThan(0.03f);
            }
    }

    [Fact]
    public void What_was_drawn_comes_out_with_the_class_that_it_was_given()
    {
        // A box as the review sends it: the second model's second class.
        var log = new EditLog().With(EditText.Read("""{"box":{"model":1,"class":1,"picture":4,"box":[100,120,180,160]}}""", newTrack: 2));
        var tracks = log.ApplyTo([SampleBoxes.Track(1, 0, 9)], Pictures).Hidden;

        XDocument.Parse(Text(ExchangeFormat.Cvat, tracks)).Descendants("track").ToDictionary(track => (int)track.Attribute("id")!, track => (string)track.Attribute("label")!)
            .ShouldBe(new Dictionary<int, string> { [1] = "face", [2] = "car" }, ignoreOrder: true);

        using var coco = JsonDocument.Parse(Text(ExchangeFormat.Coco, tracks));
        var drawn = coco.RootElement.GetProperty("annotations").EnumerateArray().Where(one => one.GetProperty("track_id").GetInt32() == 2).ShouldHaveSingleItem();
        coco.RootElement.GetProperty("categories").EnumerateArray().Single(one => one.GetProperty("id").GetInt32() == drawn.GetProperty("category_id").GetInt32())
            .GetProperty("name").GetString().ShouldBe("car");
        (drawn.GetProperty("image_id").GetInt32(), drawn.GetProperty("bbox").EnumerateArray().Select(side => side.GetInt32())).ShouldSatisfyAllConditions(
            one => one.Item1.ShouldBe(5), one => one.Item2.ShouldBe([100, 120, 80, 40]));
    }

    [Fact]
    public void Keyframes_of_cvat_are_joined_and_what_is_outside_is_not_there()
    {
        const string xml = """
            <annotations><version>1.1</version><track id="0" label="face" source="manual">
            <box frame="2" keyframe="1" outside="0" occluded="0" xtl="0" ytl="0" xbr="10" ybr="10"></box>
            <box frame="6" keyframe="1" outside="0" occluded="0" xtl="8" ytl="0" xbr="18" ybr="10"/>
            <box frame="8" keyframe="1" outside="1" occluded="0" xtl="8" ytl="0" xbr="18" ybr="10"/>
            <box frame="20" keyframe="1" outside="0" occluded="0" xtl="1" ytl="1" xbr="3" ybr="3"/>
            </track></annotations>
            """;
        var tracks = Read(xml, ExchangeFormat.Cvat);
        tracks.Select(track => (track.First, track.Last)).ShouldBe([(2, 7), (20, 20)]);
        tracks[0][4].Box.ShouldBe(new BoxF(4, 0, 14, 10));
    }

    [Theory]
    [InlineData(ExchangeFormat.Mot, "1,1,10,10,x,5,1", "Line 1: 'x' is no number")]
    [InlineData(ExchangeFormat.Mot, "99,1,10,10,5,5,1", "Line 1: it is no box in this film")]
    [InlineData(ExchangeFormat.Cvat, "<annotations><track id=\"0\" label=\"dog\"><box frame=\"0\" xtl=\"0\" ytl=\"0\" xbr=\"1\" ybr=\"1\"/></track></annotations>", "Line 1: <box> is no box of a 'dog'")]
    [InlineData(ExchangeFormat.Cvat, "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><annotations>&b;</annotations>", "it is no XML")]
    [InlineData(ExchangeFormat.Cvat, "<annotations>", "it is no XML")]
    [InlineData(ExchangeFormat.Coco, "{\"images\":[]}", "no COCO file")]
    [InlineData(ExchangeFormat.Coco, "{\"images\":[{\"id\":1}],\"categories\":[{\"id\":1,\"name\":\"face\"}],\"annotations\":[{\"id\":5,\"image_id\":1,\"category_id\":1,\"bbox\":[1,1,-1,1]}]}", "annotations[5]: it is no box")]
    public void What_cannot_be_taken_says_where(ExchangeFormat format, string text, string message) =>
        Should.Throw<BoxFileException>(() => Read(text, format)).Message.ShouldContain(message);

    private static string Text(ExchangeFormat format, IReadOnlyList<BoxTrack> tracks)
    {
        using var file = new MemoryStream();
        BoxExchange.Export(file, format, SampleBoxes.Head(), tracks, Pictures);
        return Encoding.UTF8.GetString(file.ToArray()).TrimStart('\uFEFF');
    }

    private static IReadOnlyList<BoxTrack> Read(string text, ExchangeFormat format) =>
        BoxExchange.Import(new MemoryStream(Encoding.UTF8.GetBytes(text)), format, SampleBoxes.Head(), Pictures, firstId: 1);
}
