using System.Text;
using LiveFace.Films.Boxes;
using LiveFace.Vision.Attributes;

namespace LiveFace.Films.Tests.Boxes;

public sealed class BoxFileTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        BoxTrack[] tracks = [SampleBoxes.Track(1, 0, 9), SampleBoxes.Track(4, 3, 5)];
        using var trickle = new Trickle(SampleBoxes.File(12, tracks));
        var (head, pictures) = SampleBoxes.Read(trickle);

        head.Film.ShouldBe(SampleBoxes.Head().Film with { FramesPerSecond = head.Film.FramesPerSecond });
        head.Film.FramesPerSecond.ShouldBe(29.97, 0.001);
        head.Models.Count.ShouldBe(2);
        head.Models[0].Labels.ShouldBe(["face"]);
        head.Models[0].Seconds.ShouldBe([new BoxModelFile("blazeface", null)]);
        head.Models[1].HidesLarge.ShouldBe(0.3f);
        for (var i = 0; i < tracks.Length; i++)
        {
            var read = head.Tracks![i];
            (read.Id, read.Model, read.Class, read.First, read.Last, read.Score, read.Doubt).ShouldBe(
                (tracks[i].Id, 0, 0, tracks[i].First, tracks[i].Last, 0.9f, 0.125f));
            read.Boxes.ToArray().ShouldBe(tracks[i].Boxes.ToArray());
        }

        pictures.Count.ShouldBe(12);
        for (var i = 0; i < pictures.Count; i++)
        {
            var expected = SampleBoxes.Picture(i);
            (pictures[i].Index, pictures[i].At, pictures[i].Print, pictures[i].Cut).ShouldBe((i, expected.At, expected.Print, i == 5));
            pictures[i].Looks.ShouldBe(expected.Looks);
            pictures[i].Found.ShouldBe(expected.Found);
            pictures[i].IsLookedAt(2).ShouldBe(i != 7);
        }
    }

    [Fact]
    public void Readings_are_written_and_read_again_in_a_version_of_their_own()
    {
        var text = Encoding.UTF8.GetString(WithReadings());
        text.ShouldStartWith("{\"schema\":\"liveface/boxes\",\"version\":2,");
        text.ShouldContain("\"attributes\":[\"age\",\"emotion\"]");
        var (head, pictures) = SampleBoxes.Read(new MemoryStream(WithReadings()));
        head.Attributes.ShouldBe(FaceTraits.Age | FaceTraits.Emotion);
        head.Tracks!.ShouldHaveSingleItem().Read.ShouldBe(Read);
        pictures[0].Found[0].Read.ShouldBe(Read);
        pictures[1].Found[0].Read.ShouldBeNull();
    }

    [Theory]
    [InlineData("[\"age\"", "[\"name\"", "$.attributes[0]: expected one of age, gender, emotion")]
    [InlineData("[\"age\",\"emotion\"]", "[]", "$.attributes: expected one or more")]
    [InlineData("\"years\":31.5", "\"years\":999", "attributes.age.years: expected a number from -200 to 200")]
    [InlineData("\"certainty\":0.7", "\"certainty\":7", "attributes.emotion.certainty: expected a number from 0 to 1")]
    [InlineData("\"emotion\":{", "\"race\":{", "attributes.race: not a field")]
    public void A_reading_that_is_none_is_said_with_its_place(string was, string becomes, string message)
    {
        var text = Encoding.UTF8.GetString(WithReadings());
        text.ShouldContain(was);
        var at = text.IndexOf(was, StringComparison.Ordinal);
        var wrong = text[..at] + becomes + text[(at + was.Length)..];
        Should.Throw<BoxFileException>(() => SampleBoxes.Read(new MemoryStream(Encoding.UTF8.GetBytes(wrong)))).Message.ShouldContain(message);
    }

    [Fact]
    public void It_is_read_as_it_comes_and_not_all_at_once()
    {
        using var stream = new MemoryStream(SampleBoxes.File(20_000));
        stream.Length.ShouldBeGreaterThan(4 << 20);
        using var reader = BoxFileReader.Read(stream, "long");
        var picture = new BoxPicture();
        for (var i = 0; i < 100; i++)
            reader.TryNext(picture).ShouldBeTrue();
        stream.Position.ShouldBeLessThan(256 << 10);
    }

    [Theory]
    [InlineData("\"version\":1", "\"version\":3", "$.version: expected 1, or 2 with readings")]
    [InlineData("\"version\":1", "\"version\":2", "$: expected attributes, not tracks")]
    [InlineData("\"score\":0.875", "\"attributes\":{},\"score\":0.875", "$.pictures[0].found[0].attributes: not a field of a file whose head")]
    [InlineData("liveface/boxes", "other/boxes", "$.schema: expected \"liveface/boxes\"")]
    [InlineData("\"width\":640", "\"width\":0", "$.film.width: expected a whole number from 1")]
    [InlineData("\"codec\":\"h264\"", "\"codec\":\"h264\",\"place\":\"home\"", "$.film.place: not a field")]
    [InlineData("\"codec\":\"h264\"", "\"codec\":\"h264\",\"codec\":\"h264\"", "$.film.codec: is there twice")]
    [InlineData("\"name\":\"objects\"", "\"name\":\"faces\"", "$.models[1].name: 'faces' is there twice")]
    [InlineData("\"score\":0.875", "\"score\":1.5", "$.pictures[0].found[0].score: expected a number from 0 to 1")]
    [InlineData("[10.25,20.5,50.75,70", "[10.25,20.5,5,70", "$.pictures[0].found[0].box: expected right and bottom beyond left and top")]
    [InlineData("[10.25,20.5,50.75,70", "[\"a\",20.5,50.75,70", "$.pictures[0].found[0].box[0]: expected a number")]
    [InlineData("\"n\":1,", "\"n\":2,", "$.pictures[1].n: expected a whole number from 1 to 1")]
    [InlineData("\"at\":0.033367", "\"at\":0", "$.pictures[1].at: times only ever grow")]
    [InlineData("\"model\":1,\"class\":1", "\"model\":2,\"class\":1", "$.pictures[0].found[1].model: expected a whole number from 0 to 1")]
    [InlineData("\"pictures\":3", "\"pictures\":4", "$.end.pictures: expected 3")]
    [InlineData("\"first\":0", "\"first\":1", "$.tracks: track 1 goes on to picture 3, of 3")]
    [InlineData(",\"seen\"]", ",\"heard\"]", "$.tracks[0].boxes[0][5]: expected one of seen, between, carried, hand")]
    [InlineData("\"end\"", "\"more\"", "$: expected end, not more")]
    [InlineData("}}\n", "}}\n{}", "there is more behind its end")]
    public void What_is_wrong_is_said_with_its_place(string was, string becomes, string message)
    {
        var text = SampleBoxes.Text(3, [SampleBoxes.Track(1, 0, 3)]);
        text.ShouldContain(was);
        var at = text.IndexOf(was, StringComparison.Ordinal);
        var wrong = text[..at] + becomes + text[(at + was.Length)..];
        var error = Should.Throw<BoxFileException>(() => SampleBoxes.Read(new MemoryStream(Encoding.UTF8.GetBytes(wrong))));
        error.Message.ShouldContain(message);
        error.Message.ShouldStartWith("talk.boxes.json: ");
    }

    [Fact]
    public void A_file_that_breaks_off_anywhere_is_none()
    {
        var file = SampleBoxes.File(4, [SampleBoxes.Track(1, 0, 4)]);
        for (var length = 0; length < file.Length - 2; length += 7)
            Should.Throw<BoxFileException>(() => SampleBoxes.Read(new MemoryStream(file, 0, length)), $"{length} bytes");
    }

    [Fact]
    public void Whatever_is_in_a_file_it_is_read_or_refused()
    {
        var good = SampleBoxes.File(6, [SampleBoxes.Track(1, 0, 4)]);
        var random = new Random(20);
        var refused = 0;
        for (var i = 0; i < 4000; i++)
        {
            var file = Mutated(good, random);
            try
            {
                SampleBoxes.Read(new MemoryStream(file));
            }
            catch (BoxFileException)
            {
                refused++;
            }
        }

        refused.ShouldBeGreaterThan(3000);
    }

    private static FaceAttributes Read => new(new FaceAttributes.AgeRange(31.5f, 24, 40.5f), null, new FaceAttributes.Word("happy", 0.7f));

    private static byte[] WithReadings()
    {
        var track = SampleBoxes.Track(1, 0, 2);
        track.Read = Read;
        using var stream = new MemoryStream();
        using var writer = new BoxFileWriter(stream, SampleBoxes.Head([track]) with { Attributes = FaceTraits.Age | FaceTraits.Emotion });
        for (var i = 0; i < 2; i++)
        {
            var picture = SampleBoxes.Picture(i);
            if (i == 0)
                picture.Found[0] = picture.Found[0] with { Read = Read };
            writer.Write(picture);
        }

        writer.Finish();
        return stream.ToArray();
    }

    private static byte[] Mutated(byte[] good, Random random)
    {
        var file = good.ToList();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(file.Count);
            switch (random.Next(4))
            {
                case 0:
                    file[at] = (byte)random.Next(256);
                    break;
                case 1:
                    file.RemoveRange(at, Math.Min(file.Count - at, random.Next(1, 30)));
                    break;
                case 2:
                    file.InsertRange(at, good.Skip(random.Next(good.Length)).Take(random.Next(1, 40)));
                    break;
                default:
                    file[at] = (byte)"{}[],:\"019-.e\\ntf"[random.Next(16)];
                    break;
            }
        }

        return [.. file];
    }

    /// <summary>Gives a few bytes at a time.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 13));
    }
}
